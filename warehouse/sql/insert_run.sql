INSERT INTO core.run VALUES (
    $run_no::BIGINT,
    $run_id::VARCHAR,
    $kind::VARCHAR,
    $started_at::TIMESTAMPTZ,
    $now::TIMESTAMPTZ,
    $known_at::TIMESTAMPTZ,
    $code_version::VARCHAR,
    $n_documents::BIGINT,
    $n_feeds_ok::BIGINT
);
