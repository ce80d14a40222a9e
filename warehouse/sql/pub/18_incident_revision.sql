CREATE VIEW pub.incident_revision AS
WITH _change AS (
    SELECT c.incident_id, c.change_id, c.kind, c.changed_at, c.detail, c.run_no,
           list_position(['opened', 'merged', 'retracted', 'split', 'revised'], c.kind) AS rank
    FROM core.change c
    WHERE c.kind IN ('opened', 'merged', 'retracted', 'split', 'revised')
),
_revision AS (
    SELECT c.incident_id, c.run_no, max(c.change_id) AS change_id, max(c.changed_at) AS "at",
           arg_min(c.kind, c.rank) AS kind, arg_min(c.detail, c.rank) AS detail
    FROM _change c GROUP BY c.incident_id, c.run_no
)
SELECT v.incident_id, row_number() OVER (PARTITION BY v.incident_id ORDER BY v.change_id) AS revision,
       v.kind, v.change_id, v."at", r.run_id, r.kind AS run_kind, v.detail
FROM _revision v
JOIN core.run r USING (run_no);
COMMENT ON VIEW pub.incident_revision IS 'What became of each incident, run by run, as feeds and alerts number it; articles that told nothing new make no revision.';
COMMENT ON COLUMN pub.incident_revision.incident_id IS 'Incident as it was called then.';
COMMENT ON COLUMN pub.incident_revision.revision IS 'Number of the revision within the incident, from 1; never given twice, since the change log loses nothing.';
COMMENT ON COLUMN pub.incident_revision.kind IS 'What happened to it in that run: the first of opened, merged, retracted, split, revised that did.';
COMMENT ON COLUMN pub.incident_revision.change_id IS 'Its last change in that run.';
COMMENT ON COLUMN pub.incident_revision."at" IS 'Instant at which we knew. Quote the name: at is a keyword of DuckDB.';
COMMENT ON COLUMN pub.incident_revision.run_id IS 'Run that made the revision.';
COMMENT ON COLUMN pub.incident_revision.run_kind IS 'monitor, replay, reprocess, decide or rollback.';
COMMENT ON COLUMN pub.incident_revision.detail IS 'JSON of the change of that kind: what was, what is, and why.';
