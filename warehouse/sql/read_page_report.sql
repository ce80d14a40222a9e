-- As pub.report has it, from the members of these incidents on, with origin and credit of the article as it stands now.
WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id),
_member AS MATERIALIZED (SELECT m.* FROM state.member m SEMI JOIN _wanted USING (incident_id))
SELECT r.report_id, r.article_id, m.incident_id, r.role, a.external_id, a.url, a.outlet, a.title, m.published_at,
       s.origin_id, c.wire_credit, r.revision, r.event_type, r.date_start, r.date_end, r.date_precision, r.place_name,
       r.place_precision, r.killed_low, r.killed_best, r.killed_high,
       r.injured_low, r.injured_best, r.injured_high, r.confidence_0_1
FROM _member m
JOIN core.report r USING (report_no)
JOIN core.article a ON a.article_no = m.article_no
JOIN state.article s ON s.article_id = r.article_id
JOIN core.article c ON c.article_no = s.article_no
ORDER BY m.published_at NULLS LAST, r.report_id;
