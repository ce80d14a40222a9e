SELECT count(*) FROM pub.incident WHERE detected_at > $since AND status <> 'merged' AND event_type <> $other;
