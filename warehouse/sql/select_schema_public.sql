SELECT sha256 FROM schema_public ORDER BY number DESC LIMIT 1;
