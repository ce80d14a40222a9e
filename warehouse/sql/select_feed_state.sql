SELECT s.* FROM state.feed s
JOIN (SELECT DISTINCT unnest(from_json($feed_ids, '["VARCHAR"]')) AS feed_id) USING (feed_id);
