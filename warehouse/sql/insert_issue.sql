INSERT INTO core.issue
SELECT
    unnest($level::VARCHAR[]),
    unnest($code::VARCHAR[]),
    unnest($message::VARCHAR[]),
    unnest($feed_id::VARCHAR[]),
    unnest($article_id::VARCHAR[]),
    unnest($url::VARCHAR[]),
    $run_no::BIGINT;
