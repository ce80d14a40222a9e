-- The newest articles of some outlets with their texts, so many of each and among the last $n_back at most, so that the
-- cost does not grow with the warehouse.
SELECT a.outlet, a.title, t.text
FROM core.article a
JOIN (SELECT DISTINCT unnest(from_json($outlets, '["VARCHAR"]')) AS outlet) USING (outlet)
SEMI JOIN state.article s ON s.article_no = a.article_no
JOIN core.article_text t ON t.article_no = a.article_no
WHERE a.article_no > (SELECT max(article_no) FROM core.article) - $n_back
QUALIFY row_number() OVER (PARTITION BY a.outlet ORDER BY a.article_no DESC) <= $n_texts
ORDER BY a.article_no;
