CREATE VIEW pub.decision AS
SELECT d.decision_id, d.left_id, d.right_id, CASE WHEN d.is_same THEN 'same' ELSE 'different' END AS verdict,
       d.decided_by, d.decided_at, d.note, min(w.withdrawn_at) AS withdrawn_at,
       arg_min(w.withdrawn_by, w.withdrawn_at) AS withdrawn_by
FROM core.decision d
LEFT JOIN core.decision_withdrawal w USING (decision_id)
GROUP BY ALL
ORDER BY d.decided_at, d.decision_id;
COMMENT ON VIEW pub.decision IS 'What people decided about two incidents or reports; it outranks the resolver until it is withdrawn.';
COMMENT ON COLUMN pub.decision.decision_id IS 'Id of the decision; those of one split share the part before the hyphen.';
COMMENT ON COLUMN pub.decision.left_id IS 'Incident or report, by its id at that time.';
COMMENT ON COLUMN pub.decision.right_id IS 'The other one.';
COMMENT ON COLUMN pub.decision.verdict IS 'same or different.';
COMMENT ON COLUMN pub.decision.decided_by IS 'Who decided.';
COMMENT ON COLUMN pub.decision.decided_at IS 'Instant of the decision.';
COMMENT ON COLUMN pub.decision.note IS 'Why, in the person''s words; empty where none were given.';
COMMENT ON COLUMN pub.decision.withdrawn_at IS 'Instant from which it no longer holds; null while it holds.';
COMMENT ON COLUMN pub.decision.withdrawn_by IS 'Who took it back; null while it holds.';
