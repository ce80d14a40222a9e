INSERT INTO core.assignment
SELECT
    unnest($assignment_no::BIGINT[]),
    unnest($report_id::VARCHAR[]),
    unnest($incident_id::VARCHAR[]),
    unnest($is_new::BOOLEAN[]),
    unnest($explanation::VARCHAR[]),
    $run_no::BIGINT;
