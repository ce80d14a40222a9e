SELECT a.article_id, a.revision, a.external_id, a.url, a.outlet, a.feed_id, a.title, coalesce(t.text, '') AS text, a.author,
       a.language, a.published_at, a.published_precision, a.timezone, a.country_code, a.first_seen_at, a.fetched_at,
       a.page_sha256, a.text_quality, a.wire_credit, a.extractor_version
FROM state.article s
SEMI JOIN (SELECT unnest(from_json($article_ids, '["VARCHAR"]')) AS article_id) USING (article_id)
JOIN core.article a USING (article_no)
LEFT JOIN core.article_text t USING (article_no)
ORDER BY a.article_id;
