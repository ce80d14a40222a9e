INSERT INTO core.memory
SELECT
    unnest(from_json($report_no, '["BIGINT"]')),
    unnest(from_json($origin_id, '["VARCHAR"]')),
    unnest(from_json($keys, '[["VARCHAR"]]')),
    unnest(from_json($payload, '["VARCHAR"]')),
    unnest(from_json($published_at, '["TIMESTAMPTZ"]')),
    $run_no::BIGINT;
