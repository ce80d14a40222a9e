SELECT i.* FROM pub.incident i
SEMI JOIN (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id) USING (incident_id)
ORDER BY i.detected_at, i.incident_id;
