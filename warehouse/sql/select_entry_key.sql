SELECT DISTINCT e.feed_id, e.guid, e.article_id FROM core.entry e
JOIN (SELECT DISTINCT unnest(from_json($guids, '["VARCHAR"]')) AS guid) USING (guid)
JOIN lib.run_now USING (run_no);
