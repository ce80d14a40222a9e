-- An id names one row.
SELECT 'article' AS what, article_id AS id, count(*) AS n FROM state.article GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'report', report_id, count(*) FROM state.member GROUP BY report_id HAVING count(*) > 1
UNION ALL
SELECT 'incident', incident_id, count(*) FROM state.incident GROUP BY incident_id HAVING count(*) > 1
UNION ALL
SELECT 'redirect', gone_id, count(*) FROM state.redirect GROUP BY gone_id HAVING count(*) > 1;
