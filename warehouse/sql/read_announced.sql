-- The newest $n incidents over all, $n_each of each country and of each type, the newest first, with their latest
-- revision and since when it holds (their own instant moves with every article).
-- Merged ones were announced under the id that they lead to; what has no type of the tree is announced once it has one.
WITH _open AS (
    SELECT i.* FROM pub.incident i WHERE i.status <> 'merged' AND i.event_type <> 'other'
),
_rank AS (
    SELECT o.incident_id,
           row_number() OVER (ORDER BY o.detected_at DESC, o.incident_id) AS n_all,
           row_number() OVER (PARTITION BY o.country_code ORDER BY o.detected_at DESC, o.incident_id) AS n_country,
           row_number() OVER (PARTITION BY o.event_type ORDER BY o.detected_at DESC, o.incident_id) AS n_type
    FROM _open o
),
_chosen AS (
    SELECT k.incident_id FROM _rank k WHERE k.n_all <= $n::BIGINT OR least(k.n_country, k.n_type) <= $n_each::BIGINT
),
_last AS (
    SELECT c.incident_id, count(DISTINCT c.run_no) AS revision, max(c.changed_at) AS revised_at
    FROM core.change c SEMI JOIN _chosen USING (incident_id)
    WHERE c.kind IN ('opened', 'merged', 'retracted', 'split', 'revised') GROUP BY c.incident_id
)
SELECT coalesce(l.revision, 1), coalesce(l.revised_at, o.detected_at), o.*
FROM _open o SEMI JOIN _chosen USING (incident_id) LEFT JOIN _last l USING (incident_id)
ORDER BY o.detected_at DESC, o.incident_id;
