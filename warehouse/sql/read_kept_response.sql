-- Answers whose bodies were archived, of runs that count; the oldest first, so that a repeated body refers back.
SELECT f.fetch_id, f.url, f.final_url, f.feed_id, f.started_at, f.http_status, f.body_sha256, f.content_type, f.etag,
    f.last_modified
FROM core.fetch f
JOIN lib.run_now USING (run_no)
WHERE f.body_sha256 IS NOT NULL
    AND f.http_status IS NOT NULL
    AND ($since::TIMESTAMPTZ IS NULL OR f.started_at >= $since)
ORDER BY f.started_at, f.fetch_id;
