INSERT INTO core.memory_key
SELECT
    unnest(from_json($key_hash, '["BIGINT"]')),
    unnest(from_json($report_no, '["BIGINT"]'));
