-- What the run that applied a decision merged and split; of a merge on the incident that went.
SELECT s.kind, s.incident_id, coalesce(json_extract_string(s.detail, '$.merged_into'), json_extract_string(s.detail, '$.kept')) AS kept_id
FROM core.change s
JOIN core.change d ON d.run_no = s.run_no AND d.kind = 'decided'
SEMI JOIN lib.run_now n ON n.run_no = s.run_no
WHERE list_contains(from_json(json_extract(d.detail, '$.decisions'), '["VARCHAR"]'), $group_id)
  AND ((s.kind = 'merged' AND json_exists(s.detail, '$.merged_into')) OR (s.kind = 'split' AND json_extract_string(s.detail, '$.split_off') = s.incident_id))
GROUP BY ALL
ORDER BY s.incident_id;
