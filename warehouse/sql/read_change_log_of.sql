WITH _final AS (
    SELECT coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = $incident_id), $incident_id) AS incident_id
)
SELECT c.* FROM pub.change c
WHERE c.incident_id IN (
    SELECT incident_id FROM _final
    UNION ALL
    SELECT d.gone_id FROM state.redirect d JOIN _final f ON d.final_id = f.incident_id
)
ORDER BY c.change_id;
