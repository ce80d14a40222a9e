SELECT fetch_id FROM core.fetch
JOIN (SELECT DISTINCT unnest(from_json($fetch_ids, '["VARCHAR"]')) AS fetch_id) USING (fetch_id);
