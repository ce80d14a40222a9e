DELETE FROM state.feed WHERE feed_id IN (SELECT unnest(from_json($feed_ids, '["VARCHAR"]')));
