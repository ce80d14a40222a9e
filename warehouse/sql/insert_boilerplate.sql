INSERT INTO core.boilerplate
SELECT
    unnest(from_json($outlet, '["VARCHAR"]')),
    unnest(from_json($line, '["VARCHAR"]')),
    $run_no::BIGINT;
