SELECT t.term, sum(t.n)::BIGINT
FROM state.term t
SEMI JOIN (SELECT unnest(from_json($terms, '["VARCHAR"]')) AS term) USING (term)
GROUP BY t.term
ORDER BY t.term;
