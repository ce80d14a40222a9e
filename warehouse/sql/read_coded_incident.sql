SELECT incident_id, status, event_type, date_start, date_end, lat, lon, place_name
FROM pub.incident
ORDER BY incident_id
