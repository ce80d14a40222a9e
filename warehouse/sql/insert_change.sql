INSERT INTO core.change
SELECT
    unnest($change_id::BIGINT[]),
    unnest($incident_id::VARCHAR[]),
    unnest($kind::VARCHAR[]),
    unnest($changed_at::TIMESTAMPTZ[]),
    $run_no::BIGINT,
    unnest($detail::VARCHAR[]);
