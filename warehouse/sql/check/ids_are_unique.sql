-- An id names one row. (Hashes are counted first, since grouping texts takes five times as long; what shares a hash is
-- then counted by its id.)
WITH _id AS (
    SELECT 'article' AS what, article_id AS id FROM state.article WHERE hash(article_id) IN (
        SELECT hash(article_id) FROM state.article GROUP BY 1 HAVING count(*) > 1)
    UNION ALL
    SELECT 'report', report_id FROM state.member WHERE hash(report_id) IN (
        SELECT hash(report_id) FROM state.member GROUP BY 1 HAVING count(*) > 1)
    UNION ALL
    SELECT 'incident', incident_id FROM state.incident WHERE hash(incident_id) IN (
        SELECT hash(incident_id) FROM state.incident GROUP BY 1 HAVING count(*) > 1)
    UNION ALL
    SELECT 'redirect', gone_id FROM state.redirect WHERE hash(gone_id) IN (
        SELECT hash(gone_id) FROM state.redirect GROUP BY 1 HAVING count(*) > 1)
)
SELECT what, id, count(*) AS n FROM _id GROUP BY what, id HAVING count(*) > 1;
