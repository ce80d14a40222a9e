INSERT INTO state.article
SELECT
    unnest($article_id::VARCHAR[]),
    unnest($article_no::BIGINT[]),
    unnest($coding_no::BIGINT[]),
    unnest($origin_id::VARCHAR[]);
