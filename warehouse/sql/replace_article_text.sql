DROP TABLE core.article_text;
ALTER TABLE core.kept_text RENAME TO article_text;
COMMENT ON TABLE core.article_text IS 'Full texts, apart from everything else so that they can be pruned; quotes live in core.claim.';
