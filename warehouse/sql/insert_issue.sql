INSERT INTO core.issue
SELECT
    unnest(from_json($level, '["VARCHAR"]')),
    unnest(from_json($code, '["VARCHAR"]')),
    unnest(from_json($message, '["VARCHAR"]')),
    unnest(from_json($feed_id, '["VARCHAR"]')),
    unnest(from_json($article_id, '["VARCHAR"]')),
    unnest(from_json($url, '["VARCHAR"]')),
    $run_no::BIGINT;
