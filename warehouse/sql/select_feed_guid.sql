-- The newest guids of each feed: a feed shows at most a few hundred entries, so older ones cannot come back.
SELECT e.feed_id, e.guid
FROM core.entry e
JOIN (SELECT DISTINCT unnest(from_json($feed_ids, '["VARCHAR"]')) AS feed_id) USING (feed_id)
JOIN lib.run_now USING (run_no)
QUALIFY row_number() OVER (PARTITION BY e.feed_id ORDER BY e.run_no DESC, e.guid) <= $n_guids;
