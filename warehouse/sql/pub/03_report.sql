CREATE VIEW pub.report AS
SELECT
    r.report_id, r.article_id, a.external_id, m.incident_id, r.role, r.event_type, r.event_subtype,
    r.date_start, r.date_end, r.date_precision, r.place_name, r.place_id, r.admin1, r.country_code, r.lat, r.lon,
    r.place_precision, r.killed_low, r.killed_best, r.killed_high, r.injured_low, r.injured_best, r.injured_high,
    r.confidence_0_1, r.coder_version, n.run_id,
    a.title, a.outlet, a.url, m.published_at, r.revision, r.trigger_text, r.is_follow_up, r.is_denial,
    r.date_text, r.date_rule, r.place_text, r.place_rule, r.start_char, r.end_char
FROM state.member m
JOIN core.report r USING (report_no)
JOIN core.article a ON a.article_no = m.article_no
JOIN core.run n ON n.run_no = r.run_no;
COMMENT ON VIEW pub.report IS 'What each article (newest revision, newest coding) tells of each incident.';
COMMENT ON COLUMN pub.report.report_id IS 'Id of the report.';
COMMENT ON COLUMN pub.report.article_id IS 'Article that tells it.';
COMMENT ON COLUMN pub.report.external_id IS 'The article''s guid or corpus id.';
COMMENT ON COLUMN pub.report.incident_id IS 'Incident it belongs to now, redirects followed.';
COMMENT ON COLUMN pub.report.role IS 'main: the article is about it; background: the article recalls it.';
COMMENT ON COLUMN pub.report.event_type IS 'Type of what happened, from the reviewed type tree.';
COMMENT ON COLUMN pub.report.event_subtype IS 'Finer type; null where the text does not tell.';
COMMENT ON COLUMN pub.report.date_start IS 'First day on which it may have happened; null where no day is told.';
COMMENT ON COLUMN pub.report.date_end IS 'Last day on which it may have happened, inclusive.';
COMMENT ON COLUMN pub.report.date_precision IS 'day, days (2 to 6), week, month or year.';
COMMENT ON COLUMN pub.report.place_name IS 'Name of the place in the gazetteer; null where no place is told.';
COMMENT ON COLUMN pub.report.place_id IS 'GeoNames id; null where the gazetteer has none.';
COMMENT ON COLUMN pub.report.admin1 IS 'First-level division of the country.';
COMMENT ON COLUMN pub.report.country_code IS 'ISO 3166-1 alpha-2 code of the place.';
COMMENT ON COLUMN pub.report.lat IS 'Latitude in degrees, WGS 84; of a country or region it is no point to draw.';
COMMENT ON COLUMN pub.report.lon IS 'Longitude in degrees, WGS 84.';
COMMENT ON COLUMN pub.report.place_precision IS 'site, town, district, region or country.';
COMMENT ON COLUMN pub.report.killed_low IS 'Fewest people killed by this report; null = not told.';
COMMENT ON COLUMN pub.report.killed_best IS 'People killed by this report, by the documented policy; null = not told.';
COMMENT ON COLUMN pub.report.killed_high IS 'Most people killed by this report; null = not told or open.';
COMMENT ON COLUMN pub.report.injured_low IS 'Fewest people injured by this report; null = not told.';
COMMENT ON COLUMN pub.report.injured_best IS 'People injured by this report, by the documented policy; null = not told.';
COMMENT ON COLUMN pub.report.injured_high IS 'Most people injured by this report; null = not told or open.';
COMMENT ON COLUMN pub.report.confidence_0_1 IS 'How sure the coder is that this is an incident that happened, as coded.';
COMMENT ON COLUMN pub.report.coder_version IS 'Version of the coder.';
COMMENT ON COLUMN pub.report.run_id IS 'Run that appended the report.';
COMMENT ON COLUMN pub.report.title IS 'Headline of the article.';
COMMENT ON COLUMN pub.report.outlet IS 'Publisher of the article.';
COMMENT ON COLUMN pub.report.url IS 'Address of the article.';
COMMENT ON COLUMN pub.report.published_at IS 'Instant of publication of the article; null where not stated.';
COMMENT ON COLUMN pub.report.revision IS 'Revision of the article that was coded.';
COMMENT ON COLUMN pub.report.trigger_text IS 'Words that told the coder of an event.';
COMMENT ON COLUMN pub.report.is_follow_up IS 'True for trials, funerals, investigations: they attach and open nothing.';
COMMENT ON COLUMN pub.report.is_denial IS 'True where the report denies that it happened.';
COMMENT ON COLUMN pub.report.date_text IS 'Words that the date rests on.';
COMMENT ON COLUMN pub.report.date_rule IS 'Rule that read the date.';
COMMENT ON COLUMN pub.report.place_text IS 'The article''s own spelling of the place.';
COMMENT ON COLUMN pub.report.place_rule IS 'Rule that chose the place.';
COMMENT ON COLUMN pub.report.start_char IS 'First character of the passage in the article''s text.';
COMMENT ON COLUMN pub.report.end_char IS 'End of the passage in the article''s text, exclusive.';
