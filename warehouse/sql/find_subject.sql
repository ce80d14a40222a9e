-- Incidents, merged ones included, and current reports whose ids begin so; ten are enough to say that it is not the only one.
WITH _found AS (
    SELECT s.incident_id AS id FROM state.incident s WHERE starts_with(s.incident_id, $prefix::VARCHAR)
    UNION ALL
    SELECT m.report_id FROM state.member m WHERE starts_with(m.report_id, $prefix::VARCHAR)
)
SELECT id FROM _found ORDER BY id LIMIT 10;
