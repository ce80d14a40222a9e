SELECT feed_id, health, n_failures > 0 AS is_failing FROM pub.feed_health ORDER BY feed_id;
