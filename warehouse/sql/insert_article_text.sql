INSERT INTO core.article_text
SELECT
    unnest($article_no::BIGINT[]),
    unnest($text::VARCHAR[]);
