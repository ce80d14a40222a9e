SELECT c.*
FROM pub.claim c JOIN export_scope s USING (incident_id)
WHERE s.is_chosen AND s.scope_no BETWEEN $first_no AND $last_no
ORDER BY c.incident_id, c.published_at NULLS LAST, c.claim_id;
