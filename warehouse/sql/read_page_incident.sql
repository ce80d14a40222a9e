FROM pub.incident ORDER BY detected_at DESC, incident_id;
