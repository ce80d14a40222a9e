INSERT INTO core.kept_text
SELECT t.article_no, t.text
FROM core.article_text t JOIN core.article a USING (article_no)
WHERE a.fetched_at >= $fetched_before
ORDER BY t.article_no;
