SELECT i.level, i.code, i.message, i.feed_id, i.article_id, i.url FROM pub.issue i WHERE i.run_id = $run_id ORDER BY ALL;
