-- What the poller and the readers of pages must know over runs: weighted failures, pace, moves and hints of each feed in
-- the fetch log and in its fold, and the lines that each outlet prints under many of its articles.
ALTER TABLE core.fetch ADD COLUMN n_failures DOUBLE;
ALTER TABLE core.fetch ADD COLUMN interval_s DOUBLE;
ALTER TABLE core.fetch ADD COLUMN moved_to VARCHAR;
ALTER TABLE core.fetch ADD COLUMN is_full BOOLEAN; -- null in rows that are older than this column: not known to be
ALTER TABLE core.fetch ADD COLUMN hints VARCHAR; -- JSON; null where no document was parsed

ALTER TABLE state.feed ADD COLUMN moved_to VARCHAR;
ALTER TABLE state.feed ADD COLUMN moved_since TIMESTAMPTZ;
ALTER TABLE state.feed ADD COLUMN hints VARCHAR; -- JSON; null until a document was parsed

CREATE TABLE core.boilerplate (outlet VARCHAR NOT NULL, line VARCHAR NOT NULL, run_no BIGINT NOT NULL);
COMMENT ON TABLE core.boilerplate IS 'Lines learnt to stand under many articles of an outlet; taken out of its later articles.';
