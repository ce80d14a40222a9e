-- How many entries each of these feeds brought since $since.
SELECT e.feed_id, count(*)
FROM core.entry e
SEMI JOIN (SELECT unnest(from_json($feed_ids, '["VARCHAR"]')) AS feed_id) f ON f.feed_id = e.feed_id
SEMI JOIN lib.run_now USING (run_no)
WHERE e.first_seen_at > $since
GROUP BY e.feed_id;
