INSERT INTO core.run_complete VALUES (
    $run_no::BIGINT,
    $completed_at::TIMESTAMPTZ,
    $n_rows::VARCHAR,
    $first_change_id::BIGINT,
    $last_change_id::BIGINT
);
