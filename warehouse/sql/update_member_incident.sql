UPDATE state.member SET incident_id = moved.incident_id
FROM (SELECT unnest(from_json($report_no, '["BIGINT"]')) AS report_no, unnest(from_json($incident_id, '["VARCHAR"]')) AS incident_id) moved
WHERE member.report_no = moved.report_no;
