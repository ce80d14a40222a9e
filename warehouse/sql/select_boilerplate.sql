SELECT DISTINCT b.outlet, b.line
FROM core.boilerplate b
JOIN (SELECT DISTINCT unnest(from_json($outlets, '["VARCHAR"]')) AS outlet) USING (outlet)
SEMI JOIN lib.run_now USING (run_no)
ORDER BY ALL;
