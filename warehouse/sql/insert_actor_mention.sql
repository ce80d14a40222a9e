INSERT INTO core.actor_mention
SELECT
    unnest($report_no::BIGINT[]),
    unnest($actor_id::VARCHAR[]),
    unnest($name::VARCHAR[]),
    unnest($role::VARCHAR[]),
    unnest($quote::VARCHAR[]),
    unnest($start_char::INTEGER[]),
    unnest($end_char::INTEGER[]),
    unnest($ordinal::INTEGER[]);
