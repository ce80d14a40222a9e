DELETE FROM state.article WHERE article_id IN (SELECT unnest($article_ids::VARCHAR[]));
