DELETE FROM core.article_text WHERE article_no IN (
    SELECT a.article_no FROM core.article a WHERE a.fetched_at < $fetched_before
);
