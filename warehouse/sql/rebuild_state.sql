-- Fold the whole record anew, into emptied tables and after the redirects. The tables of `state` hold nothing else; feeds and redirects are folded in Python, since
-- both go step by step.

INSERT INTO state.article
WITH _article AS (
    SELECT article_id, max(article_no) AS article_no FROM core.article SEMI JOIN lib.run_now USING (run_no) GROUP BY article_id
),
_coding AS (
    SELECT article_id, max(coding_no) AS coding_no FROM core.coding SEMI JOIN lib.run_now USING (run_no) GROUP BY article_id
),
_origin AS (
    SELECT article_id, arg_max(origin_id, run_no) AS origin_id
    FROM core.origin SEMI JOIN lib.run_now USING (run_no) GROUP BY article_id
)
SELECT a.article_id, a.article_no, c.coding_no, coalesce(o.origin_id, a.article_id)
FROM _article a LEFT JOIN _coding c USING (article_id) LEFT JOIN _origin o USING (article_id)
ORDER BY a.article_no;

INSERT INTO state.member
WITH _assignment AS (
    SELECT report_id, arg_max(incident_id, assignment_no) AS incident_id
    FROM core.assignment SEMI JOIN lib.run_now USING (run_no) GROUP BY report_id
)
SELECT r.report_no, r.report_id, r.coding_no, s.article_no, coalesce(d.final_id, n.incident_id), a.published_at
FROM state.article s
JOIN core.article a USING (article_no)
JOIN core.report r ON r.coding_no = s.coding_no
LEFT JOIN _assignment n ON n.report_id = r.report_id
LEFT JOIN state.redirect d ON d.gone_id = n.incident_id
ORDER BY r.report_no;

INSERT INTO state.incident
SELECT incident_id, max(version_no) AS version_no, arg_max(detected_at, version_no)
FROM core.incident_version SEMI JOIN lib.run_now USING (run_no)
GROUP BY incident_id ORDER BY version_no;

INSERT INTO state.term
SELECT term, sum(n)::BIGINT, true FROM core.term_count SEMI JOIN lib.run_now USING (run_no) GROUP BY term ORDER BY term;
