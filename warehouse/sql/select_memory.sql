SELECT m.report_no, m.payload, m.published_at
FROM core.memory m
SEMI JOIN (SELECT unnest(from_json($report_nos, '["BIGINT"]')) AS report_no) USING (report_no)
SEMI JOIN lib.run_now USING (run_no)
WHERE m.report_no BETWEEN $first_no AND $last_no
ORDER BY m.report_no, m.run_no;
