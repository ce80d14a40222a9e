-- Bounds are in order, shares within 0 and 1, coordinates on the globe, days in order with a precision.
SELECT v.incident_id, v.killed_low, v.killed_best, v.killed_high, v.date_start, v.date_end, v.date_precision, v.lat, v.lon, v.confidence_0_1
FROM state.incident s
JOIN core.incident_version v USING (version_no)
WHERE v.killed_low > v.killed_high OR v.killed_best < v.killed_low OR v.killed_best > v.killed_high
   OR v.injured_low > v.injured_high OR v.injured_best < v.injured_low OR v.injured_best > v.injured_high
   OR least(v.killed_low, v.injured_low) < 0
   OR v.date_start > v.date_end OR (v.date_start IS NULL) <> (v.date_end IS NULL)
   OR (v.date_start IS NULL) <> (v.date_precision IS NULL)
   OR v.lat NOT BETWEEN -90 AND 90 OR v.lon NOT BETWEEN -180 AND 180 OR (v.lat IS NULL) <> (v.lon IS NULL)
   OR v.confidence_0_1 NOT BETWEEN 0 AND 1
   OR v.n_origins > v.n_articles OR v.n_outlets > v.n_articles;
