SELECT m.* FROM pub.actor_mention m
WHERE m.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id)
ORDER BY m.report_id, m.start_char, m.name;
