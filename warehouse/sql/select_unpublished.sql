-- Of the runs after a published one, how many did more than ask for feeds, or are no poll.
SELECT count(*)
FROM core.run r JOIN core.run_complete c USING (run_no)
WHERE r.run_no > $run_no
  AND (r.kind <> 'monitor' OR len(list_filter(json_keys(c.n_rows), name -> name <> 'fetch')) > 0);
