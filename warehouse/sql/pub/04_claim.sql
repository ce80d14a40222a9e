CREATE VIEW pub.claim AS
SELECT
    c.claim_id, m.report_id, m.incident_id, c.measure, c.low, c.high, c.bound, c.victims, c.victims_side,
    c.speaker, c.speaker_side, c.quote, c.start_char, c.end_char, m.published_at,
    c.is_increment, c.is_part, c.verb, c.rule
FROM state.member m
JOIN core.claim c USING (report_no);
COMMENT ON VIEW pub.claim IS 'Every figure with its speaker and the sentence that it rests on. Never sum claims over reports.';
COMMENT ON COLUMN pub.claim.claim_id IS 'Id of the claim.';
COMMENT ON COLUMN pub.claim.report_id IS 'Report that holds the claim.';
COMMENT ON COLUMN pub.claim.incident_id IS 'Incident of the report, redirects followed.';
COMMENT ON COLUMN pub.claim.measure IS 'killed, injured, killed_or_injured, captured, missing, displaced or force_size.';
COMMENT ON COLUMN pub.claim.low IS 'Fewest people claimed; null = no lower bound given.';
COMMENT ON COLUMN pub.claim.high IS 'Most people claimed; null = no upper bound given.';
COMMENT ON COLUMN pub.claim.bound IS 'exact, at_least, at_most, about or range.';
COMMENT ON COLUMN pub.claim.victims IS 'Words for those counted; null where the text has none.';
COMMENT ON COLUMN pub.claim.victims_side IS 'Actor that those counted belong to, or civilians, suspects; null where not told.';
COMMENT ON COLUMN pub.claim.speaker IS 'Who says so; null where the outlet does in its own voice.';
COMMENT ON COLUMN pub.claim.speaker_side IS 'party (speaks of its own side), opponent, official, monitor, witness, outlet or unknown.';
COMMENT ON COLUMN pub.claim.quote IS 'The exact sentence of the article.';
COMMENT ON COLUMN pub.claim.start_char IS 'First character of the quote in the article''s text; -1 for the title.';
COMMENT ON COLUMN pub.claim.end_char IS 'End of the quote in the article''s text, exclusive; -1 for the title.';
COMMENT ON COLUMN pub.claim.published_at IS 'Instant of publication of the article; null where not stated.';
COMMENT ON COLUMN pub.claim.is_increment IS 'True for "two more": it adds to an earlier figure and is not the whole toll.';
COMMENT ON COLUMN pub.claim.is_part IS 'True for a subset ("including four children").';
COMMENT ON COLUMN pub.claim.verb IS 'Verb of speaking (said, claimed, denied); null where there is none.';
COMMENT ON COLUMN pub.claim.rule IS 'Rule that read the figure.';
