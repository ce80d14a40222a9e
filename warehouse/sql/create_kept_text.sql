-- The same as core.article_text.
CREATE TABLE core.kept_text (article_no BIGINT NOT NULL, text VARCHAR NOT NULL);
