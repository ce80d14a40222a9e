-- Current reports whose article was put to this incident, or to one that was merged into it, and came to the incident
-- that it redirects to now.
WITH RECURSIVE _led AS (
    SELECT $incident_id::VARCHAR AS incident_id
    UNION
    SELECT m.gone_id
    FROM core.incident_merge m SEMI JOIN lib.run_now USING (run_no) JOIN _led l ON m.kept_id = l.incident_id
),
_newest AS (
    SELECT a.report_id, arg_max(a.incident_id, a.assignment_no) AS incident_id
    FROM core.assignment a SEMI JOIN lib.run_now USING (run_no)
    WHERE a.report_id IN (SELECT t.report_id FROM core.assignment t SEMI JOIN _led USING (incident_id))
    GROUP BY a.report_id
),
_article AS (
    SELECT DISTINCT r.article_id FROM core.report r JOIN _newest n USING (report_id) SEMI JOIN _led ON n.incident_id = _led.incident_id
)
SELECT m.report_id
FROM state.member m JOIN state.article s USING (coding_no) SEMI JOIN _article USING (article_id)
WHERE m.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id)
ORDER BY m.report_no;
