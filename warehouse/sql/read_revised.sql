-- Of the newest $considered revisions after the first of their incidents: the newest $n over all, and $n_each of each
-- country and each type, the newest first, each with the facts that it left. A run that was taken back tells nothing;
-- the run that took it back does, and where nothing is left of an incident, its last facts stand.
WITH _run AS (
    SELECT r.run_id, r.run_no, r.run_no IN (SELECT n.run_no FROM lib.run_now n) AS counts FROM core.run r
),
_later AS (
    SELECT v.incident_id, v.revision, v.kind, v.change_id, v."at", v.detail, r.run_no
    FROM pub.incident_revision v JOIN _run r USING (run_id)
    WHERE v.revision > 1 AND r.counts
    ORDER BY v.change_id DESC LIMIT $considered::BIGINT
),
_told AS (
    SELECT l.revision, l.kind, l.change_id, l."at", l.detail, i.*
    FROM _later l
    JOIN core.incident_version i ON i.incident_id = l.incident_id AND i.run_no <= l.run_no
    JOIN _run r ON r.run_no = i.run_no
    QUALIFY row_number() OVER (PARTITION BY l.incident_id, l.revision ORDER BY r.counts DESC, i.version_no DESC) = 1
),
_rank AS (
    SELECT t.*,
           row_number() OVER (ORDER BY t.change_id DESC) AS n_all,
           row_number() OVER (PARTITION BY t.country_code ORDER BY t.change_id DESC) AS n_country,
           row_number() OVER (PARTITION BY t.event_type ORDER BY t.change_id DESC) AS n_type
    FROM _told t WHERE t.event_type <> 'other'
)
SELECT k.revision, k.kind, k."at", k.detail,
       k.incident_id, k.event_type, k.event_subtype, k.date_start, k.date_end, k.date_precision, k.place_name,
       k.place_id, k.admin1, k.country_code, k.lat, k.lon, k.place_precision, k.actors, k.killed_low,
       k.killed_best, k.killed_high, k.injured_low, k.injured_best, k.injured_high, k.n_articles, k.n_outlets,
       k.n_origins, k.status, k.headline, k.first_published_at, k.detected_at, k.updated_at,
       k.confidence_0_1, k.merged_into
FROM _rank k
WHERE k.n_all <= $n::BIGINT OR least(k.n_country, k.n_type) <= $n_each::BIGINT
ORDER BY k.change_id DESC;
