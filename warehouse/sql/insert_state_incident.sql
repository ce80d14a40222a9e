INSERT INTO state.incident
SELECT
    unnest($incident_id::VARCHAR[]),
    unnest($version_no::BIGINT[]),
    unnest($detected_at::TIMESTAMPTZ[]);
