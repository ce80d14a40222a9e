INSERT INTO core.change
SELECT
    unnest(from_json($change_id, '["BIGINT"]')),
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($kind, '["VARCHAR"]')),
    unnest(from_json($changed_at, '["TIMESTAMPTZ"]')),
    $run_no::BIGINT,
    unnest(from_json($detail, '["VARCHAR"]'));
