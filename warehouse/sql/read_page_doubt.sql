WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id),
_pair AS (FROM pub.unsure),
_doubt AS (
    SELECT p.incident_id, p.other_incident_id AS other_id, p.report_id, p.explanation FROM _pair p
    UNION ALL
    SELECT p.other_incident_id, p.incident_id, p.report_id, p.explanation FROM _pair p
)
SELECT d.*, o.headline
FROM _doubt d
SEMI JOIN _wanted USING (incident_id)
JOIN pub.incident o ON o.incident_id = d.other_id
WHERE o.status <> 'merged'
ORDER BY d.incident_id, d.other_id, d.report_id;
