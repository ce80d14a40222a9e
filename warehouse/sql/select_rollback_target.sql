SELECT r.run_no, r.run_id, (SELECT count(*) FROM core.run_rollback b WHERE b.run_no = r.run_no) AS n_rollbacks
FROM core.run r JOIN core.run_complete c USING (run_no)
WHERE r.run_id = $run_id;
