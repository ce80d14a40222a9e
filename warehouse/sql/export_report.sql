SELECT r.*, s.event_year
FROM pub.report r JOIN export_scope s USING (incident_id)
WHERE s.is_chosen
ORDER BY r.report_id
