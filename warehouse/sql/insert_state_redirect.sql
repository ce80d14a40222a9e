INSERT INTO state.redirect
SELECT
    unnest($gone_id::VARCHAR[]),
    unnest($final_id::VARCHAR[]);
