-- Every article, oldest publication first, with the hash of its newest coding and whether its text is still there.
SELECT s.article_id, c.content_sha256, t.article_no IS NOT NULL AS has_text
FROM state.article s
JOIN core.article a USING (article_no)
LEFT JOIN core.coding c ON c.coding_no = s.coding_no
LEFT JOIN core.article_text t ON t.article_no = s.article_no
ORDER BY a.published_at NULLS LAST, a.first_seen_at, s.article_no;
