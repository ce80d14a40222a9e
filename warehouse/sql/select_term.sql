SELECT t.term, sum(t.n)::BIGINT
FROM state.term t
SEMI JOIN (SELECT unnest($terms::VARCHAR[]) AS term) USING (term)
GROUP BY t.term
ORDER BY t.term;
