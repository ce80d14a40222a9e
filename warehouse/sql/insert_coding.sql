INSERT INTO core.coding
SELECT
    unnest($coding_no::BIGINT[]),
    unnest($article_id::VARCHAR[]),
    unnest($revision::INTEGER[]),
    unnest($content_sha256::VARCHAR[]),
    $run_no::BIGINT;
