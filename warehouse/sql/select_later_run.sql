-- Later runs that added facts; runs that only fetched build on nothing, and those taken back are not in run_now.
SELECT n.run_id
FROM lib.run_now n JOIN core.run_complete c USING (run_no) JOIN core.run r USING (run_no)
WHERE n.run_no > $run_no AND r.kind <> 'rollback'
  AND list_has_any(json_keys(c.n_rows), ['article', 'coding', 'origin', 'assignment', 'incident_merge', 'memory', 'incident_version'])
ORDER BY n.run_no;
