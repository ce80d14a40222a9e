-- run_id is null where no run is complete.
SELECT arg_max(r.run_id, r.run_no), count(*) FROM core.run r JOIN core.run_complete c USING (run_no);
