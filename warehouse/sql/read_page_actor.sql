WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT m.incident_id, m.role, m.name, count(DISTINCT m.report_id) AS n_reports
FROM pub.actor_mention m
SEMI JOIN _wanted USING (incident_id)
GROUP BY ALL
ORDER BY m.role, n_reports DESC, m.name;
