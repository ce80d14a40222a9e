SELECT c.n_rows, c.first_change_id, c.last_change_id
FROM core.run r JOIN core.run_complete c USING (run_no)
WHERE r.run_id = $run_id;
