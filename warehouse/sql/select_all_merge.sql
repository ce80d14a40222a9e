SELECT kept_id, gone_id FROM core.incident_merge SEMI JOIN lib.run_now USING (run_no) ORDER BY merge_no;
