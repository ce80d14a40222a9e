-- The next free number of each series. One scan a table, joined end to end: nine subqueries in a SELECT are planned as a
-- chain of joins and took 31 ms of processor, this takes 4 ms.
WITH _last AS (
    SELECT 'run' AS series, max(run_no) AS number, max(known_at) AS known_at FROM core.run
    UNION ALL SELECT 'article', max(article_no), NULL FROM core.article
    UNION ALL SELECT 'coding', max(coding_no), NULL FROM core.coding
    UNION ALL SELECT 'report', max(report_no), NULL FROM core.report
    UNION ALL SELECT 'assignment', max(assignment_no), NULL FROM core.assignment
    UNION ALL SELECT 'merge', max(merge_no), NULL FROM core.incident_merge
    UNION ALL SELECT 'version', max(version_no), NULL FROM core.incident_version
    UNION ALL SELECT 'change', max(change_id), NULL FROM core.change
)
SELECT
    coalesce(max(number) FILTER (WHERE series = 'run'), 0) + 1 AS run_no,
    coalesce(max(number) FILTER (WHERE series = 'article'), 0) + 1 AS article_no,
    coalesce(max(number) FILTER (WHERE series = 'coding'), 0) + 1 AS coding_no,
    coalesce(max(number) FILTER (WHERE series = 'report'), 0) + 1 AS report_no,
    coalesce(max(number) FILTER (WHERE series = 'assignment'), 0) + 1 AS assignment_no,
    coalesce(max(number) FILTER (WHERE series = 'merge'), 0) + 1 AS merge_no,
    coalesce(max(number) FILTER (WHERE series = 'version'), 0) + 1 AS version_no,
    coalesce(max(number) FILTER (WHERE series = 'change'), 0) + 1 AS change_id,
    max(known_at) AS known_at
FROM _last;
