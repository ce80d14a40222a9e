SELECT i.* FROM pub.incident i
WHERE i.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id);
