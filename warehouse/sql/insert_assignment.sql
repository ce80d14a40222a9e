INSERT INTO core.assignment
SELECT
    unnest(from_json($assignment_no, '["BIGINT"]')),
    unnest(from_json($report_id, '["VARCHAR"]')),
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($is_new, '["BOOLEAN"]')),
    unnest(from_json($explanation, '["VARCHAR"]')),
    $run_no::BIGINT;
