SELECT s.* FROM pub.assignment s
WHERE s.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id)
ORDER BY s.report_id;
