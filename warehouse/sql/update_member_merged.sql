UPDATE state.member SET incident_id = merged.final_id
FROM (SELECT unnest(from_json($gone_id, '["VARCHAR"]')) AS gone_id, unnest(from_json($final_id, '["VARCHAR"]')) AS final_id) merged
WHERE member.incident_id = merged.gone_id;
