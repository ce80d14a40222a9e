INSERT INTO state.feed
SELECT
    unnest($feed_id::VARCHAR[]),
    unnest($etag::VARCHAR[]),
    unnest($last_modified::VARCHAR[]),
    unnest($body_sha256::VARCHAR[]),
    unnest($next_poll_at::TIMESTAMPTZ[]),
    unnest($next_poll_reason::VARCHAR[]),
    unnest($last_fetch_at::TIMESTAMPTZ[]),
    unnest($last_success_at::TIMESTAMPTZ[]),
    unnest($last_full_fetch_at::TIMESTAMPTZ[]),
    unnest($last_new_entry_at::TIMESTAMPTZ[]),
    unnest($n_failures::DOUBLE[]),
    unnest($interval_s::DOUBLE[]),
    unnest($last_outcome::VARCHAR[]),
    unnest($last_error::VARCHAR[]);
