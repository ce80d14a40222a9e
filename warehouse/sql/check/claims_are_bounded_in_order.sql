-- A claim's low is not above its high, and no claim counts fewer than nobody. (Bounds are read first and quotes only of
-- the rows that fail: of three million claims it is the texts that take long to read.)
WITH _bad AS (SELECT c.rowid AS row_no FROM core.claim c WHERE c.low > c.high OR c.low < 0 OR c.high < 0)
SELECT c.claim_id, c.measure, c.low, c.high, c.quote
FROM core.claim c
WHERE c.rowid IN (SELECT row_no FROM _bad);
