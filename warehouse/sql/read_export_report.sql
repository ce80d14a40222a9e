SELECT
    r.incident_id, r.report_id, r.article_id, r.role, r.outlet, r.url, r.title, r.published_at, a.first_seen_at,
    a.fetched_at, a.origin_id, a.language, a.n_chars, r.revision, r.start_char, r.end_char, r.trigger_text,
    r.is_denial, r.confidence_0_1
FROM pub.report r
JOIN pub.article a USING (article_id)
JOIN export_scope s ON s.incident_id = r.incident_id
WHERE s.is_chosen AND s.scope_no BETWEEN $first_no AND $last_no
ORDER BY r.incident_id, r.published_at NULLS LAST, r.report_id;
