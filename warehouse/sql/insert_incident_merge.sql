INSERT INTO core.incident_merge
SELECT
    unnest(from_json($merge_no, '["BIGINT"]')),
    unnest(from_json($kept_id, '["VARCHAR"]')),
    unnest(from_json($gone_id, '["VARCHAR"]')),
    unnest(from_json($explanation, '["VARCHAR"]')),
    $run_no::BIGINT;
