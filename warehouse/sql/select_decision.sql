SELECT d.decision_id, d.left_id, d.right_id, d.is_same, d.decided_by, d.decided_at, d.note
FROM core.decision d
WHERE d.decision_id NOT IN (SELECT w.decision_id FROM core.decision_withdrawal w)
ORDER BY d.decided_at, d.decision_id;
