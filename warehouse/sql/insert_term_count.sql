INSERT INTO core.term_count
SELECT
    unnest(from_json($term, '["VARCHAR"]')),
    unnest(from_json($n, '["BIGINT"]')),
    $run_no::BIGINT;
