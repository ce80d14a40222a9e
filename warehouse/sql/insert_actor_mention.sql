INSERT INTO core.actor_mention
SELECT
    unnest(from_json($report_no, '["BIGINT"]')),
    unnest(from_json($actor_id, '["VARCHAR"]')),
    unnest(from_json($name, '["VARCHAR"]')),
    unnest(from_json($role, '["VARCHAR"]')),
    unnest(from_json($quote, '["VARCHAR"]')),
    unnest(from_json($start_char, '["INTEGER"]')),
    unnest(from_json($end_char, '["INTEGER"]')),
    unnest(from_json($ordinal, '["INTEGER"]'));
