INSERT INTO core.decision_withdrawal VALUES (
    $decision_id::VARCHAR,
    $withdrawn_by::VARCHAR,
    $withdrawn_at::TIMESTAMPTZ,
    $note::VARCHAR
);
