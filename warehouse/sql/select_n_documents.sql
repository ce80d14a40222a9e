SELECT coalesce(sum(r.n_documents), 0)::BIGINT FROM core.run r SEMI JOIN lib.run_now USING (run_no);
