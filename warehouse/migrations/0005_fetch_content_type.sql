-- What a server called its body: without it an archived page cannot be told to others as it was served (WARC).
ALTER TABLE core.fetch ADD COLUMN content_type VARCHAR; -- null where no body came, and in rows older than this column
