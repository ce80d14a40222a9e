SELECT d.gone_id, d.final_id
FROM state.redirect d
JOIN (SELECT DISTINCT unnest(from_json($incident_ids, '["VARCHAR"]')) AS gone_id) USING (gone_id);
