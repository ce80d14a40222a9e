-- Ids that a reader of an earlier export may hold and must drop or follow.
SELECT
    s.incident_id,
    CASE WHEN s.status = 'merged' THEN 'merged' WHEN s.is_there THEN 'other_country' ELSE 'taken_back' END AS reason,
    s.kept_id
FROM export_scope s
WHERE (s.is_chosen AND s.status = 'merged') OR ($is_incremental::BOOLEAN AND NOT s.is_chosen)
ORDER BY s.incident_id;
