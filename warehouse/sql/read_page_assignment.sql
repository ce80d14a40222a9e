WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT s.* FROM pub.assignment s SEMI JOIN _wanted USING (incident_id) ORDER BY s.report_id;
