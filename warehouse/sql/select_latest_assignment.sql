SELECT a.report_id, arg_max(a.incident_id, a.assignment_no)
FROM core.assignment a
JOIN (SELECT DISTINCT unnest(from_json($report_ids, '["VARCHAR"]')) AS report_id) USING (report_id)
JOIN lib.run_now USING (run_no)
GROUP BY a.report_id;
