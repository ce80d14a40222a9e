-- How outlets tell and correct; apart, since it looks at earlier revisions, which the other views leave behind.
CREATE VIEW lib.main_told AS
WITH _assignment AS (
    SELECT a.report_id, arg_max(a.incident_id, a.assignment_no) AS incident_id
    FROM core.assignment a SEMI JOIN lib.run_now USING (run_no) GROUP BY a.report_id
)
SELECT r.article_id, r.revision, coalesce(d.final_id, n.incident_id) AS incident_id,
       min(w.known_at) AS known_at,
       arg_min(struct_pack(killed := r.killed_best, injured := r.injured_best), r.report_no) AS at_first,
       arg_max(struct_pack(killed := r.killed_best, injured := r.injured_best), r.report_no) AS at_last
FROM core.report r
JOIN lib.run_now w USING (run_no)
JOIN _assignment n ON n.report_id = r.report_id
LEFT JOIN state.redirect d ON d.gone_id = n.incident_id
WHERE r.role = 'main'
GROUP BY ALL;
COMMENT ON VIEW lib.main_told IS 'What each revision of an article told of each incident, as it was coded at first and at last.';

CREATE VIEW pub.correction AS
WITH _step AS ( -- the first coding of a revision against the last of the one before: both are of one coder
    SELECT t.article_id, t.incident_id, t.revision, t.known_at, t.at_first,
           lag(t.at_last) OVER w AS at_last_before, lag(t.known_at) OVER w AS known_before
    FROM lib.main_told t WINDOW w AS (PARTITION BY t.article_id, t.incident_id ORDER BY t.revision)
)
SELECT a.outlet, s.article_id, s.revision, s.known_at AS corrected_at,
       date_diff('minute', s.known_before, s.known_at) AS minutes_to_correction,
       s.at_last_before.killed AS killed_before, s.at_first.killed AS killed_after,
       s.at_last_before.injured AS injured_before, s.at_first.injured AS injured_after, s.incident_id
FROM _step s JOIN pub.article a USING (article_id)
WHERE s.known_before IS NOT NULL AND s.at_first IS DISTINCT FROM s.at_last_before;
COMMENT ON VIEW pub.correction IS 'Figures that an outlet changed in a later revision of the same article, for the same incident.';
COMMENT ON COLUMN pub.correction.outlet IS 'Publisher of the article.';
COMMENT ON COLUMN pub.correction.article_id IS 'The article.';
COMMENT ON COLUMN pub.correction.revision IS 'Revision that brought the new figure.';
COMMENT ON COLUMN pub.correction.corrected_at IS 'Instant at which we knew of the new figure.';
COMMENT ON COLUMN pub.correction.minutes_to_correction IS 'Minutes from our knowing the revision before to our knowing the new one.';
COMMENT ON COLUMN pub.correction.killed_before IS 'People killed by the earlier revision; null = not told.';
COMMENT ON COLUMN pub.correction.killed_after IS 'People killed by the later revision; null = not told.';
COMMENT ON COLUMN pub.correction.injured_before IS 'People injured by the earlier revision; null = not told.';
COMMENT ON COLUMN pub.correction.injured_after IS 'People injured by the later revision; null = not told.';
COMMENT ON COLUMN pub.correction.incident_id IS 'The incident that the figures are of, redirects followed.';

CREATE VIEW pub.time_to_correction AS
SELECT c.outlet, count(*) AS n_corrections, median(c.minutes_to_correction) AS median_minutes,
       max(c.minutes_to_correction) AS longest_minutes
FROM pub.correction c GROUP BY c.outlet ORDER BY n_corrections DESC, c.outlet;
COMMENT ON VIEW pub.time_to_correction IS 'How long outlets take to change a figure; only corrections of an article are seen, not silent ones of ours.';
COMMENT ON COLUMN pub.time_to_correction.outlet IS 'The publisher.';
COMMENT ON COLUMN pub.time_to_correction.n_corrections IS 'Corrections seen.';
COMMENT ON COLUMN pub.time_to_correction.median_minutes IS 'Median of the minutes to a correction.';
COMMENT ON COLUMN pub.time_to_correction.longest_minutes IS 'Longest time to a correction, in minutes.';

CREATE VIEW pub.outlet_profile AS
WITH _told AS (
    SELECT r.outlet, r.incident_id, min(r.published_at) AS published_at
    FROM pub.report r WHERE r.incident_id IS NOT NULL AND r.role = 'main' GROUP BY r.outlet, r.incident_id
),
_first AS (
    SELECT t.incident_id, min(t.published_at) AS first_published_at, count(*) AS n_outlets FROM _told t GROUP BY t.incident_id
),
_outlet AS (
    SELECT t.outlet, count(*) AS n_incidents,
           count(*) FILTER (f.n_outlets > 1 AND t.published_at = f.first_published_at) AS n_first,
           median(date_diff('minute', f.first_published_at, t.published_at)) FILTER (f.n_outlets > 1) AS median_minutes_behind
    FROM _told t JOIN _first f USING (incident_id) GROUP BY t.outlet
),
_article AS (
    SELECT r.outlet, count(DISTINCT r.article_id) AS n_articles FROM pub.report r
    WHERE r.incident_id IS NOT NULL AND r.role = 'main' GROUP BY r.outlet
),
_copy AS (
    SELECT a.outlet, count(*) FILTER (a.origin_id <> a.article_id) AS n_copies FROM pub.article a GROUP BY a.outlet
),
_published AS (
    SELECT a.article_id, a.revision, any_value(a.outlet) AS outlet, min(coalesce(a.published_at, a.first_seen_at)) AS published_at
    FROM core.article a SEMI JOIN lib.run_now USING (run_no) GROUP BY a.article_id, a.revision
),
_figure AS (
    SELECT p.outlet, t.incident_id, unnest([{'measure': 'killed', 'figure': t.at_last.killed}, {'measure': 'injured', 'figure': t.at_last.injured}], recursive := true),
           p.published_at, t.revision, t.article_id
    FROM lib.main_told t JOIN _published p USING (article_id, revision)
),
_toll AS (
    SELECT f.outlet, f.incident_id, f.measure, last(f.figure ORDER BY f.published_at, f.revision, f.article_id)
               IS DISTINCT FROM first(f.figure ORDER BY f.published_at, f.revision, f.article_id) AS is_revised
    FROM _figure f WHERE f.figure IS NOT NULL GROUP BY f.outlet, f.incident_id, f.measure
),
_revised AS (SELECT t.outlet, count(*) AS n_tolls, count(*) FILTER (t.is_revised) AS n_tolls_revised FROM _toll t GROUP BY t.outlet)
SELECT o.outlet, n.n_articles, o.n_incidents, o.n_first, o.median_minutes_behind, c.n_copies,
       coalesce(t.n_corrections, 0) AS n_corrections, coalesce(r.n_tolls, 0) AS n_tolls, coalesce(r.n_tolls_revised, 0) AS n_tolls_revised
FROM _outlet o
JOIN _article n USING (outlet)
LEFT JOIN _copy c USING (outlet)
LEFT JOIN pub.time_to_correction t USING (outlet)
LEFT JOIN _revised r USING (outlet)
ORDER BY o.n_incidents DESC, o.outlet;
COMMENT ON VIEW pub.outlet_profile IS 'How each publisher reports: how much, how early, how often a copy, how often corrected or revised.';
COMMENT ON COLUMN pub.outlet_profile.outlet IS 'The publisher.';
COMMENT ON COLUMN pub.outlet_profile.n_articles IS 'Articles with a main report.';
COMMENT ON COLUMN pub.outlet_profile.n_incidents IS 'Incidents reported.';
COMMENT ON COLUMN pub.outlet_profile.n_first IS 'Incidents of several publishers that this one published first; a tie counts for each.';
COMMENT ON COLUMN pub.outlet_profile.median_minutes_behind IS 'Median delay of its first article after the first publisher''s, over incidents of several publishers; null where there are none.';
COMMENT ON COLUMN pub.outlet_profile.n_copies IS 'Articles that copy another piece of writing.';
COMMENT ON COLUMN pub.outlet_profile.n_corrections IS 'Figures changed in a later revision of an article.';
COMMENT ON COLUMN pub.outlet_profile.n_tolls IS 'Tolls that it told: incidents and measures (killed, injured) of which it named a number.';
COMMENT ON COLUMN pub.outlet_profile.n_tolls_revised IS 'Of these, tolls of which its last article or revision names another number than its first.';
