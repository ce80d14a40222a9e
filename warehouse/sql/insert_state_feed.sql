INSERT INTO state.feed
SELECT
    unnest(from_json($feed_id, '["VARCHAR"]')),
    unnest(from_json($etag, '["VARCHAR"]')),
    unnest(from_json($last_modified, '["VARCHAR"]')),
    unnest(from_json($body_sha256, '["VARCHAR"]')),
    unnest(from_json($next_poll_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($next_poll_reason, '["VARCHAR"]')),
    unnest(from_json($last_fetch_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($last_success_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($last_full_fetch_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($last_new_entry_at, '["TIMESTAMPTZ"]')),
    unnest(from_json($n_failures, '["DOUBLE"]')),
    unnest(from_json($interval_s, '["DOUBLE"]')),
    unnest(from_json($last_outcome, '["VARCHAR"]')),
    unnest(from_json($last_error, '["VARCHAR"]')),
    unnest(from_json($moved_to, '["VARCHAR"]')),
    unnest(from_json($moved_since, '["TIMESTAMPTZ"]')),
    unnest(from_json($hints, '["VARCHAR"]'));
