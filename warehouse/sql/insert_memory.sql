INSERT INTO core.memory
SELECT
    unnest($report_no::BIGINT[]),
    unnest($origin_id::VARCHAR[]),
    unnest($keys::VARCHAR[][]),
    unnest($payload::VARCHAR[]),
    unnest($published_at::TIMESTAMPTZ[]),
    $run_no::BIGINT;
