-- A merged incident says into which one, and that one is there and not merged itself in the end.
SELECT v.incident_id, v.status, v.merged_into, d.final_id
FROM state.incident s
JOIN core.incident_version v USING (version_no)
LEFT JOIN state.redirect d ON d.gone_id = s.incident_id
LEFT JOIN state.incident f ON f.incident_id = d.final_id
WHERE (v.status = 'merged') <> (d.gone_id IS NOT NULL)
   OR (v.status = 'merged') <> (v.merged_into IS NOT NULL)
   OR (d.gone_id IS NOT NULL AND f.incident_id IS NULL);
