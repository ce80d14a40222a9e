UPDATE state.member SET incident_id = merged.final_id
FROM (SELECT unnest($gone_id::VARCHAR[]) AS gone_id, unnest($final_id::VARCHAR[]) AS final_id) merged
WHERE member.incident_id = merged.gone_id;
