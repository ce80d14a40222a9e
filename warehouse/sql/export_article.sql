-- An article tells of incidents of several years, so that it has no year of its own.
SELECT a.*
FROM pub.article a
SEMI JOIN (
    SELECT r.article_id FROM pub.report r JOIN export_scope s USING (incident_id) WHERE s.is_chosen
) USING (article_id)
ORDER BY a.article_id
