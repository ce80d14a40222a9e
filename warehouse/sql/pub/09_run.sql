CREATE VIEW pub.run AS
SELECT
    r.run_id, r.kind, r.started_at, c.completed_at, r.now, r.known_at, r.code_version,
    CASE WHEN b.run_no IS NULL THEN 'complete' ELSE 'rolled_back' END AS status,
    coalesce((c.n_rows ->> 'fetch')::BIGINT, 0) AS n_fetches,
    coalesce((c.n_rows ->> 'article')::BIGINT, 0) AS n_articles,
    coalesce((c.n_rows ->> 'report')::BIGINT, 0) AS n_reports,
    coalesce((c.n_rows ->> 'incident_version')::BIGINT, 0) AS n_incident_versions,
    coalesce((c.n_rows ->> 'opened')::BIGINT, 0) AS n_opened,
    coalesce((c.n_rows ->> 'issue')::BIGINT, 0) AS n_issues,
    c.first_change_id, c.last_change_id, b.reason AS rollback_reason
FROM core.run r
JOIN core.run_complete c USING (run_no)
LEFT JOIN core.run_rollback b USING (run_no);
COMMENT ON VIEW pub.run IS 'Complete runs, those rolled back included.';
COMMENT ON COLUMN pub.run.run_id IS 'Id of the run.';
COMMENT ON COLUMN pub.run.kind IS 'monitor, replay, reprocess, decide or rollback.';
COMMENT ON COLUMN pub.run.started_at IS 'Instant at which it began, by the machine''s clock.';
COMMENT ON COLUMN pub.run.completed_at IS 'Instant at which it ended, by the machine''s clock.';
COMMENT ON COLUMN pub.run.now IS 'The moment, real or simulated, that the run took as its now.';
COMMENT ON COLUMN pub.run.known_at IS 'now, but never before an earlier run''s: the clock of incident_asof.';
COMMENT ON COLUMN pub.run.code_version IS 'Version of the code.';
COMMENT ON COLUMN pub.run.status IS 'complete or rolled_back.';
COMMENT ON COLUMN pub.run.n_fetches IS 'Attempts at addresses.';
COMMENT ON COLUMN pub.run.n_articles IS 'Article revisions added.';
COMMENT ON COLUMN pub.run.n_reports IS 'Reports added.';
COMMENT ON COLUMN pub.run.n_incident_versions IS 'Versions of incidents added.';
COMMENT ON COLUMN pub.run.n_opened IS 'Incidents opened.';
COMMENT ON COLUMN pub.run.n_issues IS 'Things that went wrong while the run went on.';
COMMENT ON COLUMN pub.run.first_change_id IS 'First change of the run; null where it made none.';
COMMENT ON COLUMN pub.run.last_change_id IS 'Last change of the run; null where it made none.';
COMMENT ON COLUMN pub.run.rollback_reason IS 'Why it was rolled back; null where it was not.';
