INSERT INTO state.article
SELECT
    unnest(from_json($article_id, '["VARCHAR"]')),
    unnest(from_json($article_no, '["BIGINT"]')),
    unnest(from_json($coding_no, '["BIGINT"]')),
    unnest(from_json($origin_id, '["VARCHAR"]'));
