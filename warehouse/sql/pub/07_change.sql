CREATE VIEW pub.change AS
SELECT c.change_id, c.incident_id, c.kind, c.changed_at AS "at", r.run_id, c.detail
FROM core.change c
JOIN core.run r USING (run_no);
COMMENT ON VIEW pub.change IS 'The change log: monotonic, gap-free, nothing ever leaves it.';
COMMENT ON COLUMN pub.change.change_id IS 'Number of the change, from 1 without gaps.';
COMMENT ON COLUMN pub.change.incident_id IS 'Incident as it was called then.';
COMMENT ON COLUMN pub.change.kind IS 'opened, attached, revised, merged, split, retracted or decided.';
COMMENT ON COLUMN pub.change."at" IS 'Instant at which we knew. Quote the name: at is a keyword of DuckDB.';
COMMENT ON COLUMN pub.change.run_id IS 'Run that made the change.';
COMMENT ON COLUMN pub.change.detail IS 'JSON: what was, what is, and why.';
