-- Ten are enough to say that a beginning is not the only one.
SELECT s.incident_id FROM state.incident s
WHERE starts_with(s.incident_id, $prefix::VARCHAR)
ORDER BY s.incident_id LIMIT 10;
