SELECT
    (SELECT coalesce(max(run_no), 0) + 1 FROM core.run) AS run_no,
    (SELECT coalesce(max(article_no), 0) + 1 FROM core.article) AS article_no,
    (SELECT coalesce(max(coding_no), 0) + 1 FROM core.coding) AS coding_no,
    (SELECT coalesce(max(report_no), 0) + 1 FROM core.report) AS report_no,
    (SELECT coalesce(max(assignment_no), 0) + 1 FROM core.assignment) AS assignment_no,
    (SELECT coalesce(max(merge_no), 0) + 1 FROM core.incident_merge) AS merge_no,
    (SELECT coalesce(max(version_no), 0) + 1 FROM core.incident_version) AS version_no,
    (SELECT coalesce(max(change_id), 0) + 1 FROM core.change) AS change_id,
    (SELECT max(known_at) FROM core.run) AS known_at;
