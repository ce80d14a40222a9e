UPDATE state.member SET incident_id = moved.incident_id
FROM (SELECT unnest($report_no::BIGINT[]) AS report_no, unnest($incident_id::VARCHAR[]) AS incident_id) moved
WHERE member.report_no = moved.report_no;
