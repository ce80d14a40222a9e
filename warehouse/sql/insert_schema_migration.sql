INSERT INTO schema_migration VALUES ($version::INTEGER, $name::VARCHAR, $sha256::VARCHAR, now());
