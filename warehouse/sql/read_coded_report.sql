SELECT
    external_id, report_id, incident_id, event_type, date_start, date_end, lat, lon, killed_best, injured_best,
    confidence_0_1, place_name
FROM pub.report
WHERE role = 'main'
ORDER BY external_id, report_id
