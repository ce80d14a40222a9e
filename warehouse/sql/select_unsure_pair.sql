SELECT DISTINCT u.report_id, u.other_incident_id
FROM core.unsure_pair u
JOIN (SELECT DISTINCT unnest(from_json($report_ids, '["VARCHAR"]')) AS report_id) USING (report_id)
JOIN lib.run_now USING (run_no);
