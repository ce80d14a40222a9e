SELECT
    m.incident_id, m.report_no,
    r.report_id, r.article_id, r.revision, r.role, r.event_type, r.event_subtype,
    r.date_start, r.date_end, r.date_precision, r.date_text, r.date_rule, r.date_start_char, r.date_end_char, r.date_losers,
    r.place_name, r.place_id, r.admin1, r.country_code, r.lat, r.lon, r.place_precision, r.place_text, r.place_rule,
    r.place_start_char, r.place_end_char, r.place_losers,
    r.killed_low, r.killed_best, r.killed_high, r.injured_low, r.injured_best, r.injured_high,
    r.confidence_0_1, r.coder_version, r.trigger_text, r.start_char, r.end_char, r.is_follow_up, r.is_denial,
    a.article_id, a.revision, a.external_id, a.url, a.outlet, a.feed_id, a.title, '' AS text, a.author, a.language,
    a.published_at, a.published_precision, a.timezone, a.country_code, a.first_seen_at, a.fetched_at, a.page_sha256,
    a.text_quality, a.wire_credit, a.extractor_version
FROM state.member m
SEMI JOIN (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id) USING (incident_id)
JOIN core.report r USING (report_no)
JOIN core.article a ON a.article_no = m.article_no
ORDER BY m.incident_id, m.published_at NULLS LAST, m.report_no;
