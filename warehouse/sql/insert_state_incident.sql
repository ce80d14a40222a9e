INSERT INTO state.incident
SELECT
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($version_no, '["BIGINT"]')),
    unnest(from_json($detected_at, '["TIMESTAMPTZ"]'));
