SELECT d.delivery_id, d.incident_id, d.revision, d.channel, d.state, d.attempts, d.next_try_at, d.queued_at, d.updated_at,
       d.reason, d.rules, d.facts
FROM pub.alert_delivery d
WHERE NOT $open_only::BOOLEAN OR d.state IN ('queued', 'attempted', 'failed')
ORDER BY CASE WHEN $open_only::BOOLEAN THEN d.queued_at END, d.queued_at DESC, d.delivery_id
LIMIT $n::BIGINT;
