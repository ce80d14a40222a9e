WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT r.report_id, r.article_id, r.incident_id, r.role, r.external_id, r.url, r.outlet, r.title, r.published_at,
       a.origin_id, a.wire_credit, r.revision, r.event_type, r.date_start, r.date_end, r.date_precision, r.place_name,
       r.place_precision, r.killed_best, r.injured_best, r.confidence_0_1
FROM pub.report r
SEMI JOIN _wanted USING (incident_id)
JOIN pub.article a USING (article_id)
ORDER BY r.published_at NULLS LAST, r.report_id;
