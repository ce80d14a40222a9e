SELECT c.*, s.event_year
FROM pub.claim c JOIN export_scope s USING (incident_id)
WHERE s.is_chosen
ORDER BY c.claim_id
