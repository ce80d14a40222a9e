-- Incidents that were not merged away, the older ones first.
SELECT s.incident_id FROM state.incident s ANTI JOIN state.redirect d ON d.gone_id = s.incident_id
ORDER BY s.detected_at, s.version_no;
