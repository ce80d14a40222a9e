SELECT c.*
FROM pub.change c SEMI JOIN (SELECT s.incident_id FROM export_scope s WHERE s.is_chosen OR NOT s.is_there) USING (incident_id)
ORDER BY c.change_id
