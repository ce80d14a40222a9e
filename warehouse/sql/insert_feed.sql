INSERT INTO core.feed
SELECT
    unnest(from_json($feed_id, '["VARCHAR"]')),
    unnest(from_json($url, '["VARCHAR"]')),
    unnest(from_json($outlet, '["VARCHAR"]')),
    unnest(from_json($language, '["VARCHAR"]')),
    unnest(from_json($timezone, '["VARCHAR"]')),
    unnest(from_json($country_code, '["VARCHAR"]')),
    unnest(from_json($kind, '["VARCHAR"]')),
    $run_no::BIGINT;
