INSERT INTO core.term_count
SELECT
    unnest($term::VARCHAR[]),
    unnest($n::BIGINT[]),
    $run_no::BIGINT;
