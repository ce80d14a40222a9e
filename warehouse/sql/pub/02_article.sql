CREATE VIEW pub.article AS
SELECT
    a.article_id, a.external_id, a.url, a.outlet, a.feed_id, a.title, a.author, a.language, a.published_at,
    a.first_seen_at, a.fetched_at, a.revision, s.origin_id, a.text_quality, r.run_id,
    a.published_precision, a.timezone, a.country_code, a.wire_credit, a.page_sha256, a.n_chars, a.extractor_version
FROM state.article s
JOIN core.article a USING (article_no)
JOIN core.run r USING (run_no);
COMMENT ON VIEW pub.article IS 'Articles, one row each: the newest revision that was read.';
COMMENT ON COLUMN pub.article.article_id IS 'Id of the article, the same over all its revisions.';
COMMENT ON COLUMN pub.article.external_id IS 'The feed''s guid, or the id of the corpus row.';
COMMENT ON COLUMN pub.article.url IS 'Address of the page; null where the source gave none.';
COMMENT ON COLUMN pub.article.outlet IS 'Name of the publisher.';
COMMENT ON COLUMN pub.article.feed_id IS 'Key of the feed in feeds.toml; null for corpora.';
COMMENT ON COLUMN pub.article.title IS 'Headline as published.';
COMMENT ON COLUMN pub.article.author IS 'Byline as published; null where there is none.';
COMMENT ON COLUMN pub.article.language IS 'ISO 639-1 code of the text; null where it is not known.';
COMMENT ON COLUMN pub.article.published_at IS 'Instant of publication as the source states it; null where it states none.';
COMMENT ON COLUMN pub.article.first_seen_at IS 'Instant at which the article was first seen by us.';
COMMENT ON COLUMN pub.article.fetched_at IS 'Instant at which this revision was fetched.';
COMMENT ON COLUMN pub.article.revision IS 'Number of the revision, from 1.';
COMMENT ON COLUMN pub.article.origin_id IS 'The piece of writing that this article copies; equal for copies, the article''s own id where it copies none.';
COMMENT ON COLUMN pub.article.text_quality IS 'full, feed_only, teaser, paywall, consent, bot_wall, soft_404, listing, live_blog or empty.';
COMMENT ON COLUMN pub.article.run_id IS 'Run that appended this revision.';
COMMENT ON COLUMN pub.article.published_precision IS 'instant or day; null where published_at is null.';
COMMENT ON COLUMN pub.article.timezone IS 'IANA zone in which the outlet''s "today" is read.';
COMMENT ON COLUMN pub.article.country_code IS 'ISO 3166-1 alpha-2 code of the outlet''s country; null for the world''s press.';
COMMENT ON COLUMN pub.article.wire_credit IS 'Agency named in the byline or text; null where none is.';
COMMENT ON COLUMN pub.article.page_sha256 IS 'SHA-256 of the archived page; null where no page was fetched.';
COMMENT ON COLUMN pub.article.n_chars IS 'Length of the extracted text in characters.';
COMMENT ON COLUMN pub.article.extractor_version IS 'Version of the extractor that read the page.';
