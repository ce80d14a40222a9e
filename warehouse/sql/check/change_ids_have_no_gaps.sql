-- The change log is numbered from 1 without gaps.
SELECT count(*) AS n_changes, min(change_id) AS first_id, max(change_id) AS last_id
FROM core.change
HAVING count(*) > 0 AND (min(change_id) <> 1 OR max(change_id) <> count(*));
