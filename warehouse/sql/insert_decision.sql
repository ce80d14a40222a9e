INSERT INTO core.decision VALUES (
    $decision_id::VARCHAR,
    $left_id::VARCHAR,
    $right_id::VARCHAR,
    $is_same::BOOLEAN,
    $decided_by::VARCHAR,
    $decided_at::TIMESTAMPTZ,
    $note::VARCHAR
);
