CREATE VIEW pub.alert_delivery AS
SELECT
    e.delivery_id, arg_max(e.incident_id, e.event_no) AS incident_id, arg_max(e.revision, e.event_no) AS revision,
    arg_max(e.channel, e.event_no) AS channel, arg_max(e.state, e.event_no) AS state,
    arg_max(e.attempts, e.event_no) AS attempts,
    max(e.next_try_at) FILTER (e.event_no = n.newest) AS next_try_at,
    min(e.happened_at) AS queued_at, max(e.happened_at) AS updated_at, arg_max(e.reason, e.event_no) AS reason,
    max(e.rules) AS rules, max(e.facts) AS facts
FROM core.alert_delivery e
JOIN (SELECT m.delivery_id, max(m.event_no) AS newest FROM core.alert_delivery m GROUP BY m.delivery_id) n USING (delivery_id)
GROUP BY e.delivery_id
ORDER BY queued_at, e.delivery_id;
COMMENT ON VIEW pub.alert_delivery IS 'Alerts by channel and revision, as they stood when this was published; a run sends after it has published.';
COMMENT ON COLUMN pub.alert_delivery.delivery_id IS 'Key of one revision told to one channel: the idempotency key of webhooks.';
COMMENT ON COLUMN pub.alert_delivery.incident_id IS 'The incident, as it was called then.';
COMMENT ON COLUMN pub.alert_delivery.revision IS 'The revision told, as in pub.incident_revision.';
COMMENT ON COLUMN pub.alert_delivery.channel IS 'Name of the channel in alerts.toml; addresses are never stored.';
COMMENT ON COLUMN pub.alert_delivery.state IS 'queued, attempted (under way, or broken off), sent, failed (to be tried again), given_up, or passed_over (matched, and not told for the reason given).';
COMMENT ON COLUMN pub.alert_delivery.attempts IS 'How often it was tried.';
COMMENT ON COLUMN pub.alert_delivery.next_try_at IS 'Instant from which it may be tried; null where it is not to be tried.';
COMMENT ON COLUMN pub.alert_delivery.queued_at IS 'Instant at which it was decided upon.';
COMMENT ON COLUMN pub.alert_delivery.updated_at IS 'Instant of its latest event.';
COMMENT ON COLUMN pub.alert_delivery.reason IS 'Why it is told or passed over, or what the last attempt met.';
COMMENT ON COLUMN pub.alert_delivery.rules IS 'JSON list of the rules that asked for it.';
COMMENT ON COLUMN pub.alert_delivery.facts IS 'JSON of the incident as it is told.';
