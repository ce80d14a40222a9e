-- As pub.claim has it, from the members of these incidents on: two thirds of the views' time.
WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id),
_member AS MATERIALIZED (SELECT m.* FROM state.member m SEMI JOIN _wanted USING (incident_id))
SELECT c.claim_id, m.report_id, m.incident_id, c.measure, c.low, c.high, c.bound, c.victims, c.victims_side, c.speaker,
       c.speaker_side, c.quote, c.start_char, c.end_char, m.published_at, c.is_increment, c.is_part, c.verb, c.rule,
       a.outlet, a.title, a.url
FROM _member m
JOIN core.claim c USING (report_no)
JOIN core.article a ON a.article_no = m.article_no
ORDER BY m.published_at NULLS LAST, m.report_id, c.start_char, c.claim_id;
