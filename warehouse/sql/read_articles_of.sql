SELECT r.report_id, r.article_id, r.incident_id, r.role, r.external_id, r.url, r.outlet, r.title, r.published_at,
       a.origin_id, a.wire_credit, r.revision, r.event_type, r.date_start, r.date_end, r.date_precision, r.place_name,
       r.place_precision, r.killed_low, r.killed_best, r.killed_high,
       r.injured_low, r.injured_best, r.injured_high, r.confidence_0_1
FROM pub.report r
JOIN pub.article a USING (article_id)
WHERE r.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id)
ORDER BY r.published_at NULLS LAST, r.report_id;
