SELECT r.run_no FROM core.run r JOIN core.run_complete c USING (run_no) WHERE r.run_id = $run_id;
