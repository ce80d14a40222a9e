SELECT s.article_id, s.article_no, s.coding_no, s.origin_id, a.revision, a.content_sha256, a.text_sha256, a.page_sha256,
       a.first_seen_at, a.fetched_at, c.content_sha256 AS coding_sha256, a.published_at
FROM state.article s
JOIN (SELECT DISTINCT unnest(from_json($article_ids, '["VARCHAR"]')) AS article_id) USING (article_id)
JOIN core.article a USING (article_no)
LEFT JOIN core.coding c ON c.coding_no = s.coding_no
ORDER BY s.article_id;
