INSERT INTO core.coding
SELECT
    unnest(from_json($coding_no, '["BIGINT"]')),
    unnest(from_json($article_id, '["VARCHAR"]')),
    unnest(from_json($revision, '["INTEGER"]')),
    unnest(from_json($content_sha256, '["VARCHAR"]')),
    $run_no::BIGINT;
