UPDATE state.redirect SET final_id = merged.final_id
FROM (SELECT unnest($gone_id::VARCHAR[]) AS gone_id, unnest($final_id::VARCHAR[]) AS final_id) merged
WHERE redirect.final_id = merged.gone_id;
