SELECT i.incident_id, i.status, i.event_type, i.country_code,
       (year(timezone('UTC', i.detected_at)) * 100 + month(timezone('UTC', i.detected_at)))::INTEGER AS detected_month
FROM pub.incident i
ORDER BY i.detected_at DESC, i.incident_id;
