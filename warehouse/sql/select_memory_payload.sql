SELECT m.report_no, arg_max(m.payload, m.run_no), arg_max(m.keys, m.run_no)
FROM core.memory m
JOIN (SELECT DISTINCT unnest(from_json($report_nos, '["BIGINT"]')) AS report_no) USING (report_no)
GROUP BY m.report_no;
