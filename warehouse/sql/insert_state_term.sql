INSERT INTO state.term
SELECT
    unnest(from_json($term, '["VARCHAR"]')),
    unnest(from_json($n, '["BIGINT"]')),
    false;  -- not folded yet
