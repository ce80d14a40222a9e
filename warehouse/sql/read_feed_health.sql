FROM pub.feed_health ORDER BY feed_id;
