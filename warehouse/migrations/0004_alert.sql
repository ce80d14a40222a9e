-- Alerts: what was to be told to which channel, and what became of it. Events are only ever added and belong to no run:
-- what was told stays told when a run is taken back. A mark says up to which change a rule has been asked.
CREATE TABLE core.alert_delivery (
    event_no BIGINT NOT NULL, delivery_id VARCHAR NOT NULL, incident_id VARCHAR NOT NULL, revision BIGINT NOT NULL,
    channel VARCHAR NOT NULL, state VARCHAR NOT NULL, attempts INTEGER NOT NULL, next_try_at TIMESTAMPTZ,
    happened_at TIMESTAMPTZ NOT NULL, reason VARCHAR NOT NULL,
    rules VARCHAR, facts VARCHAR -- JSON; in the first event of a delivery only
);
COMMENT ON TABLE core.alert_delivery IS 'Events of alerts: queued or passed_over first, then attempted, sent, failed, given_up; the newest event_no of a delivery counts.';

CREATE TABLE core.alert_mark (rule VARCHAR NOT NULL, change_id BIGINT NOT NULL, marked_at TIMESTAMPTZ NOT NULL);
COMMENT ON TABLE core.alert_mark IS 'Up to which change a rule of alerts has been asked; the greatest counts. Its first mark is where it begins.';
