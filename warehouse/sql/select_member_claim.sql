SELECT c.report_no, c.claim_id, c.measure, c.low, c.high, c.bound, c.victims, c.victims_side, c.speaker, c.speaker_side,
       c.verb, c.quote, c.start_char, c.end_char, c.is_increment, c.is_part, c.rule
FROM core.claim c
SEMI JOIN (SELECT unnest(from_json($report_nos, '["BIGINT"]')) AS report_no) USING (report_no)
WHERE c.report_no BETWEEN $first_no AND $last_no
ORDER BY c.report_no, c.ordinal;
