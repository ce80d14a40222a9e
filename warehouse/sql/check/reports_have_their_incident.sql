-- Every resolved report belongs to an incident that is there and was not merged into another.
SELECT m.report_id, m.incident_id, d.final_id AS merged_into
FROM state.member m
LEFT JOIN state.incident i USING (incident_id)
LEFT JOIN state.redirect d ON d.gone_id = m.incident_id
WHERE m.incident_id IS NOT NULL AND (i.incident_id IS NULL OR d.gone_id IS NOT NULL);
