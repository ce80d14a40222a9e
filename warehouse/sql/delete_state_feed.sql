DELETE FROM state.feed WHERE feed_id IN (SELECT unnest($feed_ids::VARCHAR[]));
