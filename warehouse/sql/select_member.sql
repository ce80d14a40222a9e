SELECT m.report_id, m.report_no, m.incident_id
FROM state.member m
JOIN (SELECT DISTINCT unnest(from_json($report_ids, '["VARCHAR"]')) AS report_id) USING (report_id);
