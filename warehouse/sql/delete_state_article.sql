DELETE FROM state.article WHERE article_id IN (SELECT unnest(from_json($article_ids, '["VARCHAR"]')));
