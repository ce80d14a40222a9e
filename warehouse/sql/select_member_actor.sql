SELECT c.report_no, c.actor_id, c.name, c.role, c.quote, c.start_char, c.end_char
FROM core.actor_mention c
SEMI JOIN (SELECT unnest(from_json($report_nos, '["BIGINT"]')) AS report_no) USING (report_no)
WHERE c.report_no BETWEEN $first_no AND $last_no
ORDER BY c.report_no, c.ordinal;
