-- Those of these articles whose newest revision was made of the feed's own text, its page not having been readable.
SELECT s.article_id
FROM state.article s
JOIN (SELECT DISTINCT unnest(from_json($article_ids, '["VARCHAR"]')) AS article_id) USING (article_id)
JOIN core.article a USING (article_no)
WHERE a.text_quality = 'feed_only';
