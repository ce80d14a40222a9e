INSERT INTO core.memory_key
SELECT
    unnest($key_hash::BIGINT[]),
    unnest($report_no::BIGINT[]);
