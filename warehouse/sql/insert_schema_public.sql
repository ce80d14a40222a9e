INSERT INTO schema_public SELECT $sha256::VARCHAR, now(), coalesce(max(number), 0) + 1 FROM schema_public;
