CREATE VIEW pub.feed_health AS
WITH _feed AS (
    SELECT feed_id, arg_max(outlet, run_no) AS outlet, arg_max(url, run_no) AS url
    FROM core.feed SEMI JOIN lib.run_now USING (run_no)
    GROUP BY feed_id
),
_article AS (
    SELECT a.feed_id, count(*) AS n_articles
    FROM state.article s JOIN core.article a USING (article_no)
    WHERE a.feed_id IS NOT NULL GROUP BY a.feed_id
)
SELECT
    f.feed_id, f.outlet, f.url,
    CASE WHEN s.last_fetch_at IS NULL THEN 'never_polled'
         WHEN s.last_success_at IS NULL THEN 'never_answered'
         WHEN s.n_failures > 0 THEN 'failing'
         ELSE 'healthy' END AS health,
    s.last_fetch_at, s.last_success_at, s.last_new_entry_at, s.last_outcome, s.last_error,
    coalesce(s.n_failures, 0) AS n_failures, s.next_poll_at, s.next_poll_reason, coalesce(a.n_articles, 0) AS n_articles
FROM _feed f
LEFT JOIN state.feed s USING (feed_id)
LEFT JOIN _article a USING (feed_id);
COMMENT ON VIEW pub.feed_health IS 'How each feed fares: a silent feed is not a calm country.';
COMMENT ON COLUMN pub.feed_health.feed_id IS 'Key of the feed in feeds.toml.';
COMMENT ON COLUMN pub.feed_health.outlet IS 'Name of the publisher.';
COMMENT ON COLUMN pub.feed_health.url IS 'Address of the feed.';
COMMENT ON COLUMN pub.feed_health.health IS 'healthy, failing (worked before), never_answered or never_polled.';
COMMENT ON COLUMN pub.feed_health.last_fetch_at IS 'Instant of the latest attempt; null = none yet.';
COMMENT ON COLUMN pub.feed_health.last_success_at IS 'Instant of the latest attempt that worked, unchanged answers included.';
COMMENT ON COLUMN pub.feed_health.last_new_entry_at IS 'Instant at which the feed last had something new.';
COMMENT ON COLUMN pub.feed_health.last_outcome IS 'Outcome of the latest attempt.';
COMMENT ON COLUMN pub.feed_health.last_error IS 'The latest attempt''s error in one line; null where it worked.';
COMMENT ON COLUMN pub.feed_health.n_failures IS 'Failed attempts since the last that worked.';
COMMENT ON COLUMN pub.feed_health.next_poll_at IS 'Instant from which the feed is due again.';
COMMENT ON COLUMN pub.feed_health.next_poll_reason IS 'Why then, in words.';
COMMENT ON COLUMN pub.feed_health.n_articles IS 'Articles that came by this feed.';
