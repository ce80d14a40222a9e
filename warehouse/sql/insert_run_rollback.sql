INSERT INTO core.run_rollback VALUES (
    $run_no::BIGINT,
    $rolled_back_at::TIMESTAMPTZ,
    $rolled_back_by::VARCHAR,
    $reason::VARCHAR
);
