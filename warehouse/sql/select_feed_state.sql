SELECT s.* FROM state.feed s
JOIN (SELECT DISTINCT unnest($feed_ids::VARCHAR[]) AS feed_id) USING (feed_id);
