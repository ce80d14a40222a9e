-- Runs that count now. Every view of `pub` that reads `core` directly goes through it.
CREATE VIEW lib.run_now AS
SELECT r.run_no, r.run_id, r.known_at
FROM core.run r
JOIN core.run_complete c USING (run_no)
WHERE r.run_no NOT IN (SELECT b.run_no FROM core.run_rollback b);
COMMENT ON VIEW lib.run_now IS 'Complete runs that were not rolled back.';

-- Runs that counted at a moment: what was rolled back later still counted then.
CREATE MACRO lib.run_at(ts) AS TABLE
SELECT r.run_no, r.run_id, r.known_at
FROM core.run r
JOIN core.run_complete c USING (run_no)
WHERE r.known_at <= ts
  AND r.run_no NOT IN (SELECT b.run_no FROM core.run_rollback b WHERE b.rolled_back_at <= ts);
COMMENT ON MACRO TABLE lib.run_at IS 'Complete runs known at `ts` and not rolled back by then.';
