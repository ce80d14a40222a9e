CREATE VIEW pub.about AS
SELECT
    '1' AS pub_version,
    (SELECT max(version) FROM schema_migration) AS schema_version,
    (SELECT arg_max(run_id, run_no) FROM lib.run_now) AS run_id,
    (SELECT max(known_at) FROM lib.run_now) AS known_at,
    (SELECT max(completed_at) FROM core.run_complete) AS generated_at,
    (SELECT coalesce(max(change_id), 0) FROM core.change) AS last_change_id,
    (SELECT count(*) FROM state.incident) AS n_incidents,
    (SELECT count(*) FROM state.article) AS n_articles,
    (SELECT count(*) FROM state.member) AS n_reports;
COMMENT ON VIEW pub.about IS 'One row: what this file is and how far it goes.';
COMMENT ON COLUMN pub.about.pub_version IS 'Version of the contract `pub`; grows when a column changes its meaning or goes.';
COMMENT ON COLUMN pub.about.schema_version IS 'Number of the newest migration.';
COMMENT ON COLUMN pub.about.run_id IS 'Newest run that counts; null in an empty file.';
COMMENT ON COLUMN pub.about.known_at IS 'The moment up to which the file knows.';
COMMENT ON COLUMN pub.about.generated_at IS 'Instant at which the newest run ended, by the machine''s clock.';
COMMENT ON COLUMN pub.about.last_change_id IS 'Newest number of the change log; 0 in an empty file.';
COMMENT ON COLUMN pub.about.n_incidents IS 'Incidents, merged ones included.';
COMMENT ON COLUMN pub.about.n_articles IS 'Articles.';
COMMENT ON COLUMN pub.about.n_reports IS 'Reports that count now.';
