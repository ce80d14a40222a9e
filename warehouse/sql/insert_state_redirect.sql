INSERT INTO state.redirect
SELECT
    unnest(from_json($gone_id, '["VARCHAR"]')),
    unnest(from_json($final_id, '["VARCHAR"]'));
