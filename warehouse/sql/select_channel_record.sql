SELECT e.incident_id, e.channel, e.revision, e.state = 'queued' AS is_told, e.facts, e.rules
FROM core.alert_delivery e
SEMI JOIN (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id) USING (incident_id)
WHERE e.state IN ('queued', 'passed_over')
ORDER BY e.event_no;
