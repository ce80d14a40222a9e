INSERT INTO state.member
SELECT
    unnest(from_json($report_no, '["BIGINT"]')),
    unnest(from_json($report_id, '["VARCHAR"]')),
    unnest(from_json($coding_no, '["BIGINT"]')),
    unnest(from_json($article_no, '["BIGINT"]')),
    unnest(from_json($incident_id, '["VARCHAR"]')),
    unnest(from_json($published_at, '["TIMESTAMPTZ"]'));
