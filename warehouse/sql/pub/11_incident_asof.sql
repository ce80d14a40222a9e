CREATE MACRO pub.incident_asof(ts) AS TABLE
WITH _newest AS (
    SELECT max(v.version_no) AS version_no
    FROM core.incident_version v
    SEMI JOIN lib.run_at(ts) n ON n.run_no = v.run_no
    GROUP BY v.incident_id
)
SELECT
    v.incident_id, v.event_type, v.event_subtype, v.date_start, v.date_end, v.date_precision, v.place_name,
    v.place_id, v.admin1, v.country_code, v.lat, v.lon, v.place_precision, v.actors, v.killed_low,
    v.killed_best, v.killed_high, v.injured_low, v.injured_best, v.injured_high, v.n_articles, v.n_outlets,
    v.n_origins, v.status, v.headline, v.first_published_at, v.detected_at, v.updated_at,
    v.confidence_0_1, v.merged_into
FROM _newest s
JOIN core.incident_version v USING (version_no);
COMMENT ON MACRO TABLE pub.incident_asof IS
'What pub.incident said at the instant `ts`, and nothing learnt later. Columns: those of pub.incident.';
