SELECT count(*) FILTER (NOT is_folded), count(*) FILTER (is_folded) FROM state.term;
