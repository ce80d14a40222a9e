-- Codes are those that the documentation lists.
SELECT 'status' AS what, v.status AS code, v.incident_id AS id
FROM state.incident s JOIN core.incident_version v USING (version_no)
WHERE v.status NOT IN ('new', 'developing', 'corroborated', 'disputed', 'retracted', 'merged')
UNION ALL
SELECT 'change', c.kind, c.incident_id FROM core.change c
WHERE c.kind NOT IN ('opened', 'attached', 'revised', 'merged', 'split', 'retracted', 'decided')
UNION ALL
SELECT 'country', v.country_code, v.incident_id
FROM state.incident s JOIN core.incident_version v USING (version_no)
WHERE NOT regexp_full_match(v.country_code, '[A-Z]{2}');
