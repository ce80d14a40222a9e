-- Incidents whose facts changed after a change, as they stand: what no merge has swallowed, and what a rollback took
-- back with the facts that it had. `family` are the ids that lead here.
WITH _touched AS (
    SELECT DISTINCT c.incident_id FROM core.change c
    WHERE c.change_id > $after_change_id::BIGINT AND c.kind IN ('opened', 'merged', 'retracted', 'split', 'revised')
),
_told AS (
    SELECT c.incident_id, count(DISTINCT c.run_no) AS revision, max(c.change_id) AS last_change_id,
           list(DISTINCT r.kind ORDER BY r.kind) FILTER (c.change_id > $after_change_id::BIGINT) AS run_kinds
    FROM core.change c SEMI JOIN _touched USING (incident_id) JOIN core.run r USING (run_no)
    WHERE c.kind IN ('opened', 'merged', 'retracted', 'split', 'revised')
    GROUP BY c.incident_id
),
_version AS (
    SELECT v.incident_id, coalesce(s.version_no, max(v.version_no)) AS version_no, s.version_no IS NULL AS is_gone
    FROM core.incident_version v SEMI JOIN _told USING (incident_id) LEFT JOIN state.incident s USING (incident_id)
    GROUP BY v.incident_id, s.version_no
),
_family AS (
    SELECT d.final_id AS incident_id, list(d.gone_id ORDER BY d.gone_id) AS gone_ids
    FROM state.redirect d SEMI JOIN _told ON _told.incident_id = d.final_id GROUP BY d.final_id
),
_newest AS (
    SELECT m.incident_id, max(m.published_at) AS published_at
    FROM state.member m SEMI JOIN _told USING (incident_id) GROUP BY m.incident_id
)
SELECT
    t.revision, t.last_change_id, t.run_kinds, n.published_at, coalesce(f.gone_ids, []), w.is_gone,
    v.incident_id, v.event_type, v.event_subtype, v.date_start, v.date_end, v.date_precision, v.place_name,
    v.place_id, v.admin1, v.country_code, v.lat, v.lon, v.place_precision, v.actors, v.killed_low,
    v.killed_best, v.killed_high, v.injured_low, v.injured_best, v.injured_high, v.n_articles, v.n_outlets,
    v.n_origins, v.status, v.headline, v.first_published_at, v.detected_at, v.updated_at,
    v.confidence_0_1, v.merged_into
FROM _told t
JOIN _version w USING (incident_id)
JOIN core.incident_version v USING (incident_id, version_no)
LEFT JOIN _family f USING (incident_id)
LEFT JOIN _newest n USING (incident_id)
WHERE v.status <> 'merged'
ORDER BY t.last_change_id;
