-- Articles first seen since $since with the entry that brought each, and what the latest answer for its page was. What was
-- put off was not asked. Only fetches since $since are looked at, since none can be older than the article.
WITH _entry AS (
    SELECT e.article_id, arg_min({'feed_id': e.feed_id, 'guid': e.guid, 'url': e.url, 'title': e.title, 'author': e.author,
           'published_at': e.published_at, 'updated_at': e.updated_at, 'language': e.language}, (e.run_no, e.feed_id, e.guid)) AS told
    FROM core.entry e
    SEMI JOIN lib.run_now USING (run_no)
    WHERE e.first_seen_at >= $since AND e.url IS NOT NULL
    GROUP BY e.article_id
),
_fetch AS (
    SELECT f.url, max(f.started_at) AS last_checked_at, arg_max({'etag': f.etag, 'last_modified': f.last_modified,
           'body_sha256': f.validator_body_sha256}, (f.started_at, f.run_no)) AS validators
    FROM core.fetch f
    SEMI JOIN lib.run_now USING (run_no)
    WHERE f.feed_id IS NULL AND f.outcome <> 'deferred' AND f.started_at >= $since
    GROUP BY f.url
)
SELECT a.article_id, a.revision, a.first_seen_at, coalesce(f.last_checked_at, a.first_seen_at) AS last_checked_at,
       f.validators.etag, f.validators.last_modified, f.validators.body_sha256,
       e.told.feed_id, e.told.guid, e.told.url, e.told.title, e.told.author, e.told.published_at, e.told.updated_at, e.told.language
FROM state.article s
JOIN core.article a USING (article_no)
JOIN _entry e ON e.article_id = a.article_id
LEFT JOIN _fetch f ON f.url = e.told.url
WHERE a.first_seen_at >= $since
ORDER BY a.first_seen_at DESC, a.article_id;
