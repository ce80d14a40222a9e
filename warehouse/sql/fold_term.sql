CREATE OR REPLACE TEMP TABLE _term AS SELECT term, sum(n)::BIGINT AS n FROM state.term GROUP BY term HAVING sum(n) <> 0;
DELETE FROM state.term;
INSERT INTO state.term SELECT term, n, true FROM _term ORDER BY term;
DROP TABLE _term;
