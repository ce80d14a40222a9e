SELECT m.*
FROM pub.actor_mention m JOIN export_scope s USING (incident_id)
WHERE s.is_chosen AND s.scope_no BETWEEN $first_no AND $last_no
ORDER BY m.incident_id, m.report_id, m.start_char, m.name, m.role;
