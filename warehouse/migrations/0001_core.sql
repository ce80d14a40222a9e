-- The append-only record: rows are only ever inserted. A run's rows count once `core.run_complete` names the run,
-- and stop counting once `core.run_rollback` does. *_no columns are numbers given by the one writer, in order.
CREATE SCHEMA core;

CREATE TABLE core.run (
    run_no BIGINT NOT NULL, run_id VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL, now TIMESTAMPTZ NOT NULL,
    known_at TIMESTAMPTZ NOT NULL, -- `now`, but never before an earlier run's: the clock of "what was known when"
    code_version VARCHAR NOT NULL, n_documents BIGINT NOT NULL,
    n_feeds_ok BIGINT NOT NULL -- feeds that answered: a run in which none did has not watched
);
COMMENT ON TABLE core.run IS 'One row for each run that began to append; it counts once core.run_complete names it.';

CREATE TABLE core.run_complete (
    run_no BIGINT NOT NULL, completed_at TIMESTAMPTZ NOT NULL,
    n_rows VARCHAR NOT NULL, first_change_id BIGINT, last_change_id BIGINT
);
COMMENT ON TABLE core.run_complete IS 'The last row of a run''s transaction; n_rows is JSON of rows added by table.';

CREATE TABLE core.run_rollback (run_no BIGINT NOT NULL, rolled_back_at TIMESTAMPTZ NOT NULL, rolled_back_by VARCHAR NOT NULL, reason VARCHAR NOT NULL);
COMMENT ON TABLE core.run_rollback IS 'A run taken back: its rows stay and stop counting from rolled_back_at on.';

CREATE TABLE core.feed (
    feed_id VARCHAR NOT NULL, url VARCHAR NOT NULL, outlet VARCHAR NOT NULL, language VARCHAR NOT NULL,
    timezone VARCHAR NOT NULL, country_code VARCHAR, kind VARCHAR NOT NULL, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.feed IS 'Feeds as the feeds file told them; a row for each change, the newest run counts.';

CREATE TABLE core.fetch (
    fetch_id VARCHAR NOT NULL, url VARCHAR NOT NULL, final_url VARCHAR NOT NULL, feed_id VARCHAR,
    started_at TIMESTAMPTZ NOT NULL, duration_ms BIGINT NOT NULL, outcome VARCHAR NOT NULL, http_status INTEGER,
    n_bytes BIGINT NOT NULL, body_sha256 VARCHAR, etag VARCHAR, last_modified VARCHAR, validator_body_sha256 VARCHAR,
    error VARCHAR, n_entries INTEGER, n_new_entries INTEGER, next_poll_at TIMESTAMPTZ, next_poll_reason VARCHAR,
    run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.fetch IS 'Every attempt at an address, with its one outcome.';

CREATE TABLE core.entry (
    feed_id VARCHAR NOT NULL, guid VARCHAR NOT NULL, url VARCHAR, title VARCHAR NOT NULL, author VARCHAR,
    published_at TIMESTAMPTZ, updated_at TIMESTAMPTZ, language VARCHAR, article_id VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.entry IS 'Feed entries seen, once for each feed and guid.';

CREATE TABLE core.article (
    article_no BIGINT NOT NULL, article_id VARCHAR NOT NULL, revision INTEGER NOT NULL, content_sha256 VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL, n_chars INTEGER NOT NULL, external_id VARCHAR NOT NULL, url VARCHAR, outlet VARCHAR NOT NULL,
    feed_id VARCHAR, title VARCHAR NOT NULL, author VARCHAR, language VARCHAR, published_at TIMESTAMPTZ,
    published_precision VARCHAR, timezone VARCHAR NOT NULL, country_code VARCHAR, first_seen_at TIMESTAMPTZ NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL, page_sha256 VARCHAR, text_quality VARCHAR NOT NULL, wire_credit VARCHAR,
    extractor_version VARCHAR NOT NULL, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.article IS 'One row for each revision of an article; the newest article_no of an article_id counts.';

CREATE TABLE core.article_text (article_no BIGINT NOT NULL, text VARCHAR NOT NULL);
COMMENT ON TABLE core.article_text IS 'Full texts, apart from everything else so that they can be pruned; quotes live in core.claim.';

CREATE TABLE core.coding (
    coding_no BIGINT NOT NULL, article_id VARCHAR NOT NULL, revision INTEGER NOT NULL, content_sha256 VARCHAR NOT NULL,
    run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.coding IS 'All reports of one article at once: the newest coding of an article supersedes the earlier ones.';

CREATE TABLE core.report (
    report_no BIGINT NOT NULL, coding_no BIGINT NOT NULL, report_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL, role VARCHAR NOT NULL, event_type VARCHAR NOT NULL, event_subtype VARCHAR,
    date_start DATE, date_end DATE, date_precision VARCHAR, date_text VARCHAR, date_rule VARCHAR,
    date_start_char INTEGER, date_end_char INTEGER, date_losers VARCHAR,
    place_name VARCHAR, place_id BIGINT, admin1 VARCHAR, country_code VARCHAR, lat DOUBLE, lon DOUBLE,
    place_precision VARCHAR, place_text VARCHAR, place_rule VARCHAR, place_start_char INTEGER, place_end_char INTEGER,
    place_losers VARCHAR,
    killed_low BIGINT, killed_best BIGINT, killed_high BIGINT, injured_low BIGINT, injured_best BIGINT, injured_high BIGINT,
    confidence_0_1 DOUBLE NOT NULL, coder_version VARCHAR NOT NULL, trigger_text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, is_follow_up BOOLEAN NOT NULL, is_denial BOOLEAN NOT NULL,
    run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.report IS 'What one article revision tells of one incident, as coded once; *_losers are JSON lists.';

CREATE TABLE core.claim (
    report_no BIGINT NOT NULL, claim_id VARCHAR NOT NULL, measure VARCHAR NOT NULL, low BIGINT, high BIGINT,
    bound VARCHAR NOT NULL, victims VARCHAR, victims_side VARCHAR, speaker VARCHAR, speaker_side VARCHAR NOT NULL,
    verb VARCHAR, quote VARCHAR NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    is_increment BOOLEAN NOT NULL, is_part BOOLEAN NOT NULL, rule VARCHAR NOT NULL, ordinal INTEGER NOT NULL
);
COMMENT ON TABLE core.claim IS 'Claims of a report in their order; report_no orders the table, so that a report''s claims lie together.';

CREATE TABLE core.actor_mention (
    report_no BIGINT NOT NULL, actor_id VARCHAR, name VARCHAR NOT NULL, role VARCHAR NOT NULL, quote VARCHAR NOT NULL,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, ordinal INTEGER NOT NULL
);
COMMENT ON TABLE core.actor_mention IS 'Actors of a report in their order.';

CREATE TABLE core.assignment (
    assignment_no BIGINT NOT NULL, report_id VARCHAR NOT NULL, incident_id VARCHAR NOT NULL, is_new BOOLEAN NOT NULL,
    explanation VARCHAR NOT NULL, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.assignment IS 'Which incident a report belongs to, and why (JSON); the newest assignment_no of a report counts.';

CREATE TABLE core.incident_merge (
    merge_no BIGINT NOT NULL, kept_id VARCHAR NOT NULL, gone_id VARCHAR NOT NULL, explanation VARCHAR NOT NULL,
    run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.incident_merge IS 'Incident gone_id redirects to kept_id; followed transitively.';

CREATE TABLE core.origin (article_id VARCHAR NOT NULL, origin_id VARCHAR NOT NULL, basis VARCHAR NOT NULL, run_no BIGINT NOT NULL);
COMMENT ON TABLE core.origin IS 'The piece of writing that an article copies; the newest run counts.';

CREATE TABLE core.unsure_pair (
    report_id VARCHAR NOT NULL, incident_id VARCHAR NOT NULL, other_incident_id VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.unsure_pair IS 'A report and an incident that may be one, listed for a person.';

CREATE TABLE core.memory (
    report_no BIGINT NOT NULL, origin_id VARCHAR NOT NULL, keys VARCHAR[] NOT NULL, payload VARCHAR NOT NULL,
    published_at TIMESTAMPTZ, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.memory IS 'What the resolver keeps of a report, in its own JSON, unread here; the newest run counts.';

CREATE TABLE core.memory_key (key_hash BIGINT NOT NULL, report_no BIGINT NOT NULL);
COMMENT ON TABLE core.memory_key IS 'Blocking keys (first 8 bytes of blake2b) by which memories are found.';

CREATE TABLE core.term_count (term VARCHAR NOT NULL, n BIGINT NOT NULL, run_no BIGINT NOT NULL);
COMMENT ON TABLE core.term_count IS 'How many reports of a run hold a term.';

CREATE TABLE core.decision (
    decision_id VARCHAR NOT NULL, left_id VARCHAR NOT NULL, right_id VARCHAR NOT NULL, is_same BOOLEAN NOT NULL,
    decided_by VARCHAR NOT NULL, decided_at TIMESTAMPTZ NOT NULL, note VARCHAR NOT NULL
);
COMMENT ON TABLE core.decision IS 'A person''s same or different; holds until core.decision_withdrawal names it.';

CREATE TABLE core.decision_withdrawal (decision_id VARCHAR NOT NULL, withdrawn_by VARCHAR NOT NULL, withdrawn_at TIMESTAMPTZ NOT NULL, note VARCHAR NOT NULL);
COMMENT ON TABLE core.decision_withdrawal IS 'A decision taken back.';

CREATE TABLE core.incident_version (
    version_no BIGINT NOT NULL, incident_id VARCHAR NOT NULL, updated_at TIMESTAMPTZ NOT NULL, event_type VARCHAR NOT NULL,
    event_subtype VARCHAR, date_start DATE, date_end DATE, date_precision VARCHAR, place_name VARCHAR, place_id BIGINT,
    admin1 VARCHAR, country_code VARCHAR, lat DOUBLE, lon DOUBLE, place_precision VARCHAR, actors VARCHAR[] NOT NULL,
    killed_low BIGINT, killed_best BIGINT, killed_high BIGINT, injured_low BIGINT, injured_best BIGINT, injured_high BIGINT,
    n_articles INTEGER NOT NULL, n_outlets INTEGER NOT NULL, n_origins INTEGER NOT NULL, status VARCHAR NOT NULL,
    headline VARCHAR NOT NULL, first_published_at TIMESTAMPTZ, detected_at TIMESTAMPTZ NOT NULL,
    confidence_0_1 DOUBLE NOT NULL, merged_into VARCHAR, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.incident_version IS 'Public facts of an incident from a run on; the newest version_no counts.';

CREATE TABLE core.change (
    change_id BIGINT NOT NULL, incident_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, changed_at TIMESTAMPTZ NOT NULL,
    run_no BIGINT NOT NULL, detail VARCHAR NOT NULL
);
COMMENT ON TABLE core.change IS 'The change log: numbered from 1 without gaps; nothing ever leaves it, a rollback is told by further rows.';

CREATE TABLE core.issue (
    level VARCHAR NOT NULL, code VARCHAR NOT NULL, message VARCHAR NOT NULL, feed_id VARCHAR, article_id VARCHAR,
    url VARCHAR, run_no BIGINT NOT NULL
);
COMMENT ON TABLE core.issue IS 'What went wrong with one feed, page or row while the run went on.';
