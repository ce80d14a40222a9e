SELECT fetch_id, url, final_url, feed_id, started_at, duration_ms, outcome, http_status, n_bytes, body_sha256,
       etag, last_modified, validator_body_sha256, error, n_entries, n_new_entries, next_poll_at, next_poll_reason,
       n_failures, interval_s, moved_to, coalesce(is_full, false) AS is_full, hints
FROM core.fetch
SEMI JOIN lib.run_now USING (run_no)
WHERE feed_id IS NOT NULL
ORDER BY run_no, started_at, fetch_id;
