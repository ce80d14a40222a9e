-- Incidents told of as opened above a change id and never before, in order; a rollback and a second opening make none new.
WITH _opened AS (
    SELECT DISTINCT c.incident_id FROM core.change c WHERE c.kind = 'opened' AND c.change_id > $change_id
)
SELECT c.incident_id
FROM core.change c SEMI JOIN _opened USING (incident_id)
WHERE c.kind = 'opened'
GROUP BY c.incident_id
HAVING min(c.change_id) > $change_id
ORDER BY min(c.change_id);
