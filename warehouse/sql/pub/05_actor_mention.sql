CREATE VIEW pub.actor_mention AS
SELECT m.report_id, m.incident_id, a.actor_id, a.name, a.role, a.quote, a.start_char, a.end_char
FROM state.member m
JOIN core.actor_mention a USING (report_no);
COMMENT ON VIEW pub.actor_mention IS 'Who took part, as each report tells it.';
COMMENT ON COLUMN pub.actor_mention.report_id IS 'Report that names the actor.';
COMMENT ON COLUMN pub.actor_mention.incident_id IS 'Incident of the report, redirects followed.';
COMMENT ON COLUMN pub.actor_mention.actor_id IS 'Id in the actor table; null for a name that the table does not know.';
COMMENT ON COLUMN pub.actor_mention.name IS 'Name of the actor.';
COMMENT ON COLUMN pub.actor_mention.role IS 'initiator, target or participant.';
COMMENT ON COLUMN pub.actor_mention.quote IS 'The article''s own words for the actor.';
COMMENT ON COLUMN pub.actor_mention.start_char IS 'First character of the words in the article''s text; -1 for the title.';
COMMENT ON COLUMN pub.actor_mention.end_char IS 'End of the words in the article''s text, exclusive; -1 for the title.';
