INSERT INTO core.feed
SELECT
    unnest($feed_id::VARCHAR[]),
    unnest($url::VARCHAR[]),
    unnest($outlet::VARCHAR[]),
    unnest($language::VARCHAR[]),
    unnest($timezone::VARCHAR[]),
    unnest($country_code::VARCHAR[]),
    unnest($kind::VARCHAR[]),
    $run_no::BIGINT;
