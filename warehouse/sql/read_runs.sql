FROM pub.run ORDER BY known_at DESC, started_at DESC LIMIT $n;
