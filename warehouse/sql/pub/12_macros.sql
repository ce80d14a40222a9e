CREATE MACRO pub.new_incidents(since, include_other := false) AS TABLE
SELECT i.*
FROM pub.incident i
WHERE i.detected_at >= since AND i.status <> 'merged' AND (include_other OR i.event_type <> 'other')
ORDER BY i.detected_at, i.incident_id;
COMMENT ON MACRO TABLE pub.new_incidents IS
'Incidents first accepted at or after the instant `since`, oldest first; merged ones are left out, and happenings of no type of the tree (`other`) unless `include_other := true`. Columns: those of pub.incident.';

CREATE MACRO pub.changes_after(change_id) AS TABLE
SELECT c.*
FROM pub.change c
WHERE c.change_id > change_id
ORDER BY c.change_id;
COMMENT ON MACRO TABLE pub.changes_after IS
'Changes numbered above `change_id`, in order, without gaps. Columns: those of pub.change.';

CREATE MACRO pub.claims_of(incident_id) AS TABLE
SELECT
    c.claim_id, m.report_id, m.incident_id, c.measure, c.low, c.high, c.bound, c.victims, c.victims_side,
    c.speaker, c.speaker_side, c.quote, c.start_char, c.end_char, m.published_at,
    c.is_increment, c.is_part, c.verb, c.rule, a.outlet, a.title, a.url
FROM state.member m
JOIN core.claim c USING (report_no)
JOIN core.article a ON a.article_no = m.article_no
WHERE m.incident_id = coalesce((SELECT d.final_id FROM state.redirect d WHERE d.gone_id = incident_id), incident_id)
ORDER BY m.published_at, c.claim_id;
COMMENT ON MACRO TABLE pub.claims_of IS
'All claims about the incident `incident_id` (a merged id leads to the kept one), in order of publication. Columns: those of pub.claim, then outlet, title and url of the article.';

CREATE MACRO pub.incidents_near(lat, lon, km) AS TABLE
WITH _measured AS (
    SELECT i.*,
        2 * 6371.0088 * asin(least(1.0, sqrt(
            pow(sin(radians(i.lat - lat) / 2), 2)
            + cos(radians(lat)) * cos(radians(i.lat)) * pow(sin(radians(i.lon - lon) / 2), 2)))) AS distance_km
    FROM pub.incident i
    WHERE i.lat BETWEEN lat - km / 110.0 AND lat + km / 110.0 -- a degree of latitude is at least 110.5 km
      AND i.status <> 'merged' AND i.place_precision IN ('site', 'town', 'district')
)
SELECT n.* FROM _measured n WHERE n.distance_km <= km ORDER BY n.distance_km, n.incident_id;
COMMENT ON MACRO TABLE pub.incidents_near IS
'Incidents within `km` kilometres of the point (`lat`, `lon`), nearest first; regions and countries are no points and are left out. Columns: those of pub.incident, then distance_km.';
