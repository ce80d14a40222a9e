INSERT INTO core.unsure_pair
SELECT
    unnest($report_id::VARCHAR[]),
    unnest($incident_id::VARCHAR[]),
    unnest($other_incident_id::VARCHAR[]),
    unnest($explanation::VARCHAR[]),
    $run_no::BIGINT;
