SELECT i.country_code, date_trunc('week', i.date_start)::DATE AS week, count(*) AS n
FROM pub.incident i
WHERE i.status NOT IN ('merged', 'retracted') AND i.country_code IS NOT NULL AND i.date_precision IN ('day', 'days', 'week')
  AND i.date_start >= $since::DATE
GROUP BY ALL
ORDER BY ALL;
