INSERT INTO core.unsure_pair
SELECT
    unnest(from_json($report_id, '["VARCHAR"]')),
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($other_incident_id, '["VARCHAR"]')),
    unnest(from_json($explanation, '["VARCHAR"]')),
    $run_no::BIGINT;
