-- Current reports by id or by incident, with the incident that each belongs to and the article that tells it.
SELECT m.report_id, s.article_id, m.incident_id, s.origin_id, m.published_at, a.outlet, a.title
FROM state.member m
JOIN state.article s USING (coding_no)
JOIN core.article a ON a.article_no = m.article_no
WHERE m.report_id IN (SELECT unnest(from_json($report_ids, '["VARCHAR"]')))
   OR m.incident_id IN (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')))
ORDER BY m.published_at NULLS LAST, m.report_no;
