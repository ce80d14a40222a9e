INSERT INTO state.term
SELECT
    unnest(from_json($term, '["VARCHAR"]')),
    unnest(from_json($n, '["BIGINT"]')),
    unnest(from_json($is_folded, '["BOOLEAN"]'));
