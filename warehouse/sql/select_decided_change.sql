SELECT c.detail FROM core.change c JOIN core.run r USING (run_no)
WHERE r.run_id = $run_id AND c.kind = 'decided'
ORDER BY c.change_id;
