INSERT INTO core.article_text
SELECT
    unnest(from_json($article_no, '["BIGINT"]')),
    unnest(from_json($text, '["VARCHAR"]'));
