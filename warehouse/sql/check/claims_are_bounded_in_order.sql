-- A claim's low is not above its high, and no claim counts fewer than nobody.
SELECT c.claim_id, c.measure, c.low, c.high, c.quote
FROM core.claim c
WHERE c.low > c.high OR c.low < 0 OR c.high < 0;
