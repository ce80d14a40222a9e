-- The incidents that an export is about; temporary, of this connection only.
-- After change 0 it is all of them, else those changed since and those that they were merged into.
CREATE OR REPLACE TEMPORARY TABLE export_scope AS
WITH _changed AS (
    SELECT DISTINCT c.incident_id FROM pub.change c WHERE c.change_id > $after_change_id::BIGINT
),
_touched AS (
    SELECT c.incident_id FROM _changed c
    UNION
    SELECT d.final_id FROM state.redirect d SEMI JOIN _changed c ON c.incident_id = d.gone_id
    UNION
    SELECT i.incident_id FROM pub.incident i WHERE $after_change_id::BIGINT = 0
)
SELECT
    row_number() OVER (ORDER BY t.incident_id) AS scope_no, t.incident_id, i.status, d.final_id AS kept_id,
    year(i.date_start) AS event_year, i.incident_id IS NOT NULL AS is_there,
    i.incident_id IS NOT NULL AND ($country::VARCHAR IS NULL OR i.country_code IS NOT DISTINCT FROM $country::VARCHAR) AS is_chosen
FROM _touched t
LEFT JOIN pub.incident i ON i.incident_id = t.incident_id
LEFT JOIN state.redirect d ON d.gone_id = t.incident_id;
