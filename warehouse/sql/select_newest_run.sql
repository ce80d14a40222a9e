SELECT coalesce(max(run_no), 0) FROM core.run_complete;
