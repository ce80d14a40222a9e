DELETE FROM state.incident WHERE incident_id IN (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')));
