INSERT INTO core.origin
SELECT
    unnest(from_json($article_id, '["VARCHAR"]')),
    unnest(from_json($origin_id, '["VARCHAR"]')),
    unnest(from_json($basis, '["VARCHAR"]')),
    $run_no::BIGINT;
