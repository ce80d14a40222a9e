-- Every run that left rows is complete: anything else would be half a run.
SELECT r.run_id FROM core.run r ANTI JOIN core.run_complete c USING (run_no)
UNION ALL
SELECT 'run ' || c.run_no FROM core.run_complete c GROUP BY c.run_no HAVING count(*) > 1;
