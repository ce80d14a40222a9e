INSERT INTO core.origin
SELECT
    unnest($article_id::VARCHAR[]),
    unnest($origin_id::VARCHAR[]),
    unnest($basis::VARCHAR[]),
    $run_no::BIGINT;
