INSERT INTO core.alert_mark
SELECT
    unnest(from_json($rule, '["VARCHAR"]')),
    unnest(from_json($change_id, '["BIGINT"]')),
    $marked_at::TIMESTAMPTZ;
