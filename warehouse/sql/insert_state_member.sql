INSERT INTO state.member
SELECT
    unnest($report_no::BIGINT[]),
    unnest($report_id::VARCHAR[]),
    unnest($coding_no::BIGINT[]),
    unnest($article_no::BIGINT[]),
    unnest($incident_id::VARCHAR[]),
    unnest($published_at::TIMESTAMPTZ[]);
