SELECT c.report_id, c.measure, c.low, c.high, c.bound, c.speaker
FROM pub.claim c
JOIN pub.report r USING (report_id)
WHERE r.role = 'main'
ORDER BY c.report_id, c.claim_id
