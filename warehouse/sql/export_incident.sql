SELECT i.*, s.event_year
FROM pub.incident i JOIN export_scope s USING (incident_id)
WHERE s.is_chosen
ORDER BY i.incident_id
