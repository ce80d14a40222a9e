-- The shortest beginning of each of these ids that no other id has, never below $n_least characters. Ids in order share
-- most with their neighbours, so nothing else has to be compared.
WITH _near AS (
    SELECT s.incident_id, lag(s.incident_id) OVER (ORDER BY s.incident_id) AS before,
           lead(s.incident_id) OVER (ORDER BY s.incident_id) AS after
    FROM state.incident s
),
_asked AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id)
SELECT n.incident_id, (
    SELECT left(n.incident_id, min(k)::BIGINT)
    FROM range($n_least::BIGINT, greatest($n_least::BIGINT, length(n.incident_id)) + 1) t(k)
    WHERE k >= length(n.incident_id)
       OR (left(n.incident_id, k) IS DISTINCT FROM left(n.before, k) AND left(n.incident_id, k) IS DISTINCT FROM left(n.after, k))
)
FROM _near n SEMI JOIN _asked a USING (incident_id);
