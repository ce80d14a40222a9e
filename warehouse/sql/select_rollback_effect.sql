-- Incidents that the run touched, and whether one is left without any version.
SELECT v.incident_id, s.incident_id IS NULL AS is_gone
FROM (SELECT DISTINCT incident_id FROM core.incident_version WHERE run_no = $run_no) v
LEFT JOIN state.incident s USING (incident_id)
ORDER BY v.incident_id;
