WITH _until AS (SELECT b.known_at FROM pub.about b),
_seen AS (
    SELECT a.feed_id, min(a.first_seen_at) AS first_seen_at, count(*) AS n,
           count(*) FILTER (a.first_seen_at > u.known_at - INTERVAL 7 DAY) AS n_articles_7d
    FROM pub.article a, _until u
    WHERE a.feed_id IS NOT NULL
    GROUP BY a.feed_id
),
_told AS (
    SELECT a.feed_id, count(DISTINCT r.incident_id) AS n_incidents
    FROM pub.report r JOIN pub.article a USING (article_id)
    WHERE r.role = 'main' AND a.feed_id IS NOT NULL
    GROUP BY a.feed_id
)
SELECT h.*, coalesce(s.n_articles_7d, 0), coalesce(t.n_incidents, 0), s.first_seen_at
FROM pub.feed_health h
LEFT JOIN _seen s USING (feed_id)
LEFT JOIN _told t USING (feed_id)
ORDER BY h.feed_id;
