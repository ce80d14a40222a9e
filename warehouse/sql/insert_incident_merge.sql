INSERT INTO core.incident_merge
SELECT
    unnest($merge_no::BIGINT[]),
    unnest($kept_id::VARCHAR[]),
    unnest($gone_id::VARCHAR[]),
    unnest($explanation::VARCHAR[]),
    $run_no::BIGINT;
