-- Whatever an incident's page shows goes into its mark: the version of its facts, its reports and their articles, why
-- each report is there, its changes and those of what was merged into it, and the doubts with what they lead to.
WITH _told AS (
    SELECT m.incident_id, count(*) AS n, bit_xor(hash(m.report_no, s.article_no, s.origin_id)) AS mark
    FROM state.member m
    JOIN core.article a ON a.article_no = m.article_no
    JOIN state.article s ON s.article_id = a.article_id
    GROUP BY m.incident_id
),
_placed AS (
    SELECT m.incident_id, max(a.assignment_no) AS mark
    FROM state.member m JOIN core.assignment a USING (report_id) SEMI JOIN lib.run_now n ON n.run_no = a.run_no
    GROUP BY m.incident_id
),
_changed AS (
    SELECT coalesce(d.final_id, c.incident_id) AS incident_id, count(*) AS n, max(c.change_id) AS mark
    FROM core.change c LEFT JOIN state.redirect d ON d.gone_id = c.incident_id
    GROUP BY 1
),
_pair AS (SELECT u.report_id, u.incident_id, u.other_incident_id, u.explanation FROM pub.unsure u),
_doubt AS (
    SELECT p.incident_id, p.other_incident_id AS other_id, p.report_id, p.explanation FROM _pair p
    UNION ALL
    SELECT p.other_incident_id, p.incident_id, p.report_id, p.explanation FROM _pair p
),
_doubted AS (
    SELECT d.incident_id, bit_xor(hash(d.other_id, d.report_id, d.explanation, s.version_no)) AS mark
    FROM _doubt d LEFT JOIN state.incident s ON s.incident_id = d.other_id
    GROUP BY d.incident_id
)
SELECT s.incident_id,
       hash(s.version_no, v.mark, v.n, p.mark, c.n, c.mark, d.mark)::VARCHAR
FROM state.incident s
LEFT JOIN _told v USING (incident_id)
LEFT JOIN _placed p USING (incident_id)
LEFT JOIN _changed c USING (incident_id)
LEFT JOIN _doubted d USING (incident_id)
ORDER BY s.incident_id;
