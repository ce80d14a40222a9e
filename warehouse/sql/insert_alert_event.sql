INSERT INTO core.alert_delivery
SELECT
    unnest(from_json($event_no, '["BIGINT"]')),
    unnest(from_json($delivery_id, '["VARCHAR"]')),
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($revision, '["BIGINT"]')),
    unnest(from_json($channel, '["VARCHAR"]')),
    unnest(from_json($state, '["VARCHAR"]')),
    unnest(from_json($attempts, '["INTEGER"]')),
    unnest(from_json($next_try_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($happened_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($reason, '["VARCHAR"]')),
    unnest(from_json($rules, '["VARCHAR"]')),
    unnest(from_json($facts, '["VARCHAR"]'));
