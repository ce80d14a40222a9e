-- How many revisions of known articles each of these feeds brought since $since.
SELECT a.feed_id, count(*)
FROM core.article a
SEMI JOIN (SELECT unnest(from_json($feed_ids, '["VARCHAR"]')) AS feed_id) f ON f.feed_id = a.feed_id
SEMI JOIN lib.run_now USING (run_no)
WHERE a.revision > 1 AND a.fetched_at > $since
GROUP BY a.feed_id;
