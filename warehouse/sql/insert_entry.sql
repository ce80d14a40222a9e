INSERT INTO core.entry
SELECT
    unnest($feed_id::VARCHAR[]),
    unnest($guid::VARCHAR[]),
    unnest($url::VARCHAR[]),
    unnest($title::VARCHAR[]),
    unnest($author::VARCHAR[]),
    unnest($published_at::TIMESTAMPTZ[]),
    unnest($updated_at::TIMESTAMPTZ[]),
    unnest($language::VARCHAR[]),
    unnest($article_id::VARCHAR[]),
    unnest($first_seen_at::TIMESTAMPTZ[]),
    $run_no::BIGINT;
