CREATE VIEW pub.incident AS
SELECT
    v.incident_id, v.event_type, v.event_subtype, v.date_start, v.date_end, v.date_precision, v.place_name,
    v.place_id, v.admin1, v.country_code, v.lat, v.lon, v.place_precision, v.actors, v.killed_low,
    v.killed_best, v.killed_high, v.injured_low, v.injured_best, v.injured_high, v.n_articles, v.n_outlets,
    v.n_origins, v.status, v.headline, v.first_published_at, s.detected_at, v.updated_at,
    v.confidence_0_1, v.merged_into
FROM state.incident s
JOIN core.incident_version v USING (version_no);
COMMENT ON VIEW pub.incident IS 'Incidents as they stand now, one row each; merged ones keep a row that says where they went.';
COMMENT ON COLUMN pub.incident.incident_id IS 'Id of the incident: opaque, stable, redirects after a merge.';
COMMENT ON COLUMN pub.incident.event_type IS 'Type of what happened, from the reviewed type tree.';
COMMENT ON COLUMN pub.incident.event_subtype IS 'Finer type; null where the reports do not tell.';
COMMENT ON COLUMN pub.incident.date_start IS 'First day on which it may have happened; null where no report tells.';
COMMENT ON COLUMN pub.incident.date_end IS 'Last day on which it may have happened, inclusive.';
COMMENT ON COLUMN pub.incident.date_precision IS 'day, days (2 to 6), week, month or year.';
COMMENT ON COLUMN pub.incident.place_name IS 'Name of the place in the gazetteer.';
COMMENT ON COLUMN pub.incident.place_id IS 'GeoNames id; null where the gazetteer has none.';
COMMENT ON COLUMN pub.incident.admin1 IS 'First-level division of the country.';
COMMENT ON COLUMN pub.incident.country_code IS 'ISO 3166-1 alpha-2 code of the place.';
COMMENT ON COLUMN pub.incident.lat IS 'Latitude in degrees, WGS 84; of a country or region it is no point to draw.';
COMMENT ON COLUMN pub.incident.lon IS 'Longitude in degrees, WGS 84.';
COMMENT ON COLUMN pub.incident.place_precision IS 'site, town, district, region or country.';
COMMENT ON COLUMN pub.incident.actors IS 'Names of the actors in order of importance.';
COMMENT ON COLUMN pub.incident.killed_low IS 'Fewest people killed over all claims; null = none claimed.';
COMMENT ON COLUMN pub.incident.killed_best IS 'People killed by the documented policy; null = none claimed.';
COMMENT ON COLUMN pub.incident.killed_high IS 'Most people killed over all claims; null = none claimed, or open.';
COMMENT ON COLUMN pub.incident.injured_low IS 'Fewest people injured over all claims; null = none claimed.';
COMMENT ON COLUMN pub.incident.injured_best IS 'People injured by the documented policy; null = none claimed.';
COMMENT ON COLUMN pub.incident.injured_high IS 'Most people injured over all claims; null = none claimed, or open.';
COMMENT ON COLUMN pub.incident.n_articles IS 'Articles that report it.';
COMMENT ON COLUMN pub.incident.n_outlets IS 'Publishers that report it.';
COMMENT ON COLUMN pub.incident.n_origins IS 'Outlets with a text of their own that report it; copies count once, and so do the texts of one outlet. Whether texts are independent is not known.';
COMMENT ON COLUMN pub.incident.status IS 'new, developing, corroborated, disputed, retracted or merged.';
COMMENT ON COLUMN pub.incident.headline IS 'Headline of the most telling article.';
COMMENT ON COLUMN pub.incident.first_published_at IS 'Earliest publication among its articles; null where none states one.';
COMMENT ON COLUMN pub.incident.detected_at IS 'Instant at which this id was first accepted; never changes.';
COMMENT ON COLUMN pub.incident.updated_at IS 'Instant from which these facts hold.';
COMMENT ON COLUMN pub.incident.confidence_0_1 IS 'How sure the resolver is of the incident.';
COMMENT ON COLUMN pub.incident.merged_into IS 'Incident that this one redirects to; null unless its status is merged.';
