-- Entries of these feeds that have one of these guids, or, since $since, one of these titles; the newest of a guid last.
SELECT e.feed_id, e.guid, e.article_id, e.url, e.title, e.published_at
FROM core.entry e
SEMI JOIN (SELECT unnest(from_json($feed_ids, '["VARCHAR"]')) AS feed_id) f ON f.feed_id = e.feed_id
SEMI JOIN lib.run_now USING (run_no)
WHERE e.guid IN (SELECT unnest(from_json($guids, '["VARCHAR"]')))
   OR (e.first_seen_at >= $since AND e.title IN (SELECT unnest(from_json($titles, '["VARCHAR"]'))))
ORDER BY e.run_no, e.feed_id, e.guid, e.article_id;
