SELECT i.*
FROM pub.incident i JOIN export_scope s USING (incident_id)
WHERE s.is_chosen AND s.scope_no BETWEEN $first_no AND $last_no
ORDER BY i.incident_id;
