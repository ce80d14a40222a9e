-- Reports that a decision names and that a later revision of their article has taken the place of, with the report
-- that stands for each now: the one in the same incident, or the only one.
WITH _named AS (SELECT DISTINCT unnest(from_json($report_ids, '["VARCHAR"]')) AS report_id),
_old AS (SELECT n.report_id FROM _named n ANTI JOIN state.member m USING (report_id)),
_home AS (
    SELECT a.report_id, arg_max(a.incident_id, a.assignment_no) AS incident_id
    FROM core.assignment a SEMI JOIN _old USING (report_id) SEMI JOIN lib.run_now USING (run_no)
    GROUP BY a.report_id
),
_article AS (SELECT DISTINCT r.report_id, r.article_id FROM core.report r SEMI JOIN _old USING (report_id))
SELECT c.report_id, m.report_id AS now_id
FROM _article c
JOIN state.article s USING (article_id)
JOIN state.member m ON m.coding_no = s.coding_no
LEFT JOIN _home h ON h.report_id = c.report_id
LEFT JOIN state.redirect d ON d.gone_id = h.incident_id
QUALIFY m.incident_id = coalesce(d.final_id, h.incident_id) OR count(*) OVER (PARTITION BY c.report_id) = 1
ORDER BY c.report_id, m.report_no;
