UPDATE state.redirect SET final_id = merged.final_id
FROM (SELECT unnest(from_json($gone_id, '["VARCHAR"]')) AS gone_id, unnest(from_json($final_id, '["VARCHAR"]')) AS final_id) merged
WHERE redirect.final_id = merged.gone_id;
