SELECT v.incident_id, v.updated_at, v.event_type, v.event_subtype, v.date_start, v.date_end, v.date_precision,
       v.place_name, v.place_id, v.admin1, v.country_code, v.lat, v.lon, v.place_precision, v.actors,
       v.killed_low, v.killed_best, v.killed_high, v.injured_low, v.injured_best, v.injured_high,
       v.n_articles, v.n_outlets, v.n_origins, v.status, v.headline, v.first_published_at, v.detected_at,
       v.confidence_0_1, v.merged_into
FROM state.incident s
JOIN (SELECT DISTINCT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id) USING (incident_id)
JOIN core.incident_version v USING (version_no)
ORDER BY v.incident_id;
