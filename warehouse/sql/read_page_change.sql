WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT coalesce(d.final_id, c.incident_id) AS page_id, c.*
FROM pub.change c
LEFT JOIN state.redirect d ON d.gone_id = c.incident_id
WHERE coalesce(d.final_id, c.incident_id) IN (SELECT w.incident_id FROM _wanted w)
ORDER BY c.change_id;
