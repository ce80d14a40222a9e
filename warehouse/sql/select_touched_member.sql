-- Members of every incident that any key or article touches, the newest $n_newest of each and those that a decision names.
WITH _key AS (SELECT DISTINCT unnest(from_json($key_hashes, '["BIGINT"]')) AS key_hash),
_article AS (SELECT DISTINCT unnest(from_json($article_ids, '["VARCHAR"]')) AS article_id),
_found AS MATERIALIZED (
    SELECT k.report_no, list(DISTINCT k.key_hash) AS key_hashes FROM core.memory_key k SEMI JOIN _key USING (key_hash)
    GROUP BY k.report_no
),
_report AS (
    SELECT report_no FROM _found
    UNION
    SELECT m.report_no FROM state.member m JOIN state.article s USING (coding_no) SEMI JOIN _article USING (article_id)
),
_incident AS (
    SELECT DISTINCT m.incident_id FROM state.member m SEMI JOIN _report USING (report_no) WHERE m.incident_id IS NOT NULL
),
_newest AS (
    SELECT m.report_no, m.report_id, m.coding_no, m.incident_id
    FROM state.member m SEMI JOIN _incident USING (incident_id)
    QUALIFY row_number() OVER (
        PARTITION BY m.incident_id ORDER BY m.published_at DESC NULLS LAST, m.report_no DESC) <= $n_newest
        OR m.report_id IN (SELECT left_id FROM core.decision UNION ALL SELECT right_id FROM core.decision)
)
SELECT n.report_no, n.report_id, s.article_id, n.incident_id, s.origin_id, f.key_hashes
FROM _newest n JOIN state.article s USING (coding_no) LEFT JOIN _found f USING (report_no)
ORDER BY n.report_no;
