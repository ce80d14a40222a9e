SELECT m.*, s.event_year
FROM pub.actor_mention m JOIN export_scope s USING (incident_id)
WHERE s.is_chosen
ORDER BY m.report_id, m.start_char, m.name, m.role
