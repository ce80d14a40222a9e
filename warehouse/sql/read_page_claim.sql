WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT c.*, r.outlet, r.title, r.url
FROM pub.claim c
SEMI JOIN _wanted USING (incident_id)
JOIN pub.report r USING (report_id)
ORDER BY c.published_at NULLS LAST, c.report_id, c.start_char, c.claim_id;
