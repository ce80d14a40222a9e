INSERT INTO core.entry
SELECT
    unnest(from_json($feed_id, '["VARCHAR"]')),
    unnest(from_json($guid, '["VARCHAR"]')),
    unnest(from_json($url, '["VARCHAR"]')),
    unnest(from_json($title, '["VARCHAR"]')),
    unnest(from_json($author, '["VARCHAR"]')),
    unnest(from_json($published_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($updated_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($language, '["VARCHAR"]')),
    unnest(from_json($article_id, '["VARCHAR"]')),
    unnest(from_json($first_seen_at, '["TIMESTAMPTZ"]')),
    $run_no::BIGINT;
