-- The fold of the record: small tables of pointers to the rows of `core` that count now. Everything here can be made
-- again from `core` (sql/rebuild_state.sql) and a property test holds the two equal; only these tables are rewritten.
CREATE SCHEMA state;

CREATE TABLE state.article (
    article_id VARCHAR NOT NULL, article_no BIGINT NOT NULL, coding_no BIGINT, origin_id VARCHAR NOT NULL
);
COMMENT ON TABLE state.article IS 'Newest revision, newest coding (null = never coded) and origin of each article.';

CREATE TABLE state.member (
    report_no BIGINT NOT NULL, report_id VARCHAR NOT NULL, coding_no BIGINT NOT NULL, article_no BIGINT NOT NULL,
    incident_id VARCHAR, -- null until the report is resolved
    published_at TIMESTAMPTZ
);
COMMENT ON TABLE state.member IS 'Reports of the newest codings and the incident each belongs to, redirects followed.';

CREATE TABLE state.incident (incident_id VARCHAR NOT NULL, version_no BIGINT NOT NULL, detected_at TIMESTAMPTZ NOT NULL);
COMMENT ON TABLE state.incident IS 'Newest version of each incident.';

CREATE TABLE state.redirect (gone_id VARCHAR NOT NULL, final_id VARCHAR NOT NULL);
COMMENT ON TABLE state.redirect IS 'Where a merged incident has gone in the end.';

CREATE TABLE state.term (term VARCHAR NOT NULL, n BIGINT NOT NULL, is_folded BOOLEAN NOT NULL);
COMMENT ON TABLE state.term IS 'Reports by term; a term may have several rows, which are summed; now and then they are folded into one.';

CREATE TABLE state.feed (
    feed_id VARCHAR NOT NULL, etag VARCHAR, last_modified VARCHAR, body_sha256 VARCHAR, next_poll_at TIMESTAMPTZ,
    next_poll_reason VARCHAR, last_fetch_at TIMESTAMPTZ, last_success_at TIMESTAMPTZ, last_full_fetch_at TIMESTAMPTZ,
    last_new_entry_at TIMESTAMPTZ, n_failures DOUBLE NOT NULL, interval_s DOUBLE, last_outcome VARCHAR, last_error VARCHAR
);
COMMENT ON TABLE state.feed IS 'What the fetch log says of each feed in the end.';
