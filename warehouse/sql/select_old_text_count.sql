SELECT count(*) FILTER (a.fetched_at < $fetched_before), count(*) FROM core.article_text t JOIN core.article a USING (article_no);
