INSERT INTO state.term
SELECT
    unnest($term::VARCHAR[]),
    unnest($n::BIGINT[]),
    unnest($is_folded::BOOLEAN[]);
