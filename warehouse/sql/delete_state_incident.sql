DELETE FROM state.incident WHERE incident_id IN (SELECT unnest($incident_ids::VARCHAR[]));
