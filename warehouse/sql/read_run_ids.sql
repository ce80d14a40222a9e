-- Ten are enough to say that a beginning is not the only one.
SELECT r.run_id FROM core.run r JOIN core.run_complete c USING (run_no)
WHERE starts_with(r.run_id, $prefix::VARCHAR)
ORDER BY r.run_id LIMIT 10;
