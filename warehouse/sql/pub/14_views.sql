CREATE VIEW pub.unsure AS
SELECT u.report_id, m.incident_id, coalesce(d.final_id, u.other_incident_id) AS other_incident_id, u.explanation, n.run_id
FROM core.unsure_pair u
JOIN lib.run_now n USING (run_no)
JOIN state.member m USING (report_id)
LEFT JOIN state.redirect d ON d.gone_id = u.other_incident_id
WHERE m.incident_id <> coalesce(d.final_id, u.other_incident_id);
COMMENT ON VIEW pub.unsure IS 'Reports that may belong to another incident: listed for a person, not merged; those that were merged since are gone.';
COMMENT ON COLUMN pub.unsure.report_id IS 'The report in doubt.';
COMMENT ON COLUMN pub.unsure.incident_id IS 'Incident that it belongs to now.';
COMMENT ON COLUMN pub.unsure.other_incident_id IS 'Incident that it may belong to.';
COMMENT ON COLUMN pub.unsure.explanation IS 'JSON: probability, features and vetoes of the comparison.';
COMMENT ON COLUMN pub.unsure.run_id IS 'Run that saw the doubt.';

CREATE VIEW pub.assignment AS
WITH _newest AS (
    SELECT a.report_id, max(a.assignment_no) AS assignment_no
    FROM core.assignment a SEMI JOIN lib.run_now USING (run_no) GROUP BY a.report_id
)
SELECT m.report_id, m.incident_id, a.is_new, a.explanation, r.run_id
FROM state.member m
JOIN _newest USING (report_id)
JOIN core.assignment a USING (assignment_no)
JOIN core.run r ON r.run_no = a.run_no;
COMMENT ON VIEW pub.assignment IS 'Why each report belongs to its incident.';
COMMENT ON COLUMN pub.assignment.report_id IS 'The report.';
COMMENT ON COLUMN pub.assignment.incident_id IS 'Incident that it belongs to now, redirects followed.';
COMMENT ON COLUMN pub.assignment.is_new IS 'True where the report opened the incident that it was first put to.';
COMMENT ON COLUMN pub.assignment.explanation IS 'JSON: probability, rule, features and vetoes.';
COMMENT ON COLUMN pub.assignment.run_id IS 'Run that put it there.';

CREATE VIEW pub.issue AS
SELECT r.run_id, i.level, i.code, i.message, i.feed_id, i.article_id, i.url
FROM core.issue i JOIN core.run r USING (run_no);
COMMENT ON VIEW pub.issue IS 'What went wrong with one feed, page or row while the run went on.';
COMMENT ON COLUMN pub.issue.run_id IS 'Run in which it went wrong.';
COMMENT ON COLUMN pub.issue.level IS 'warning or error.';
COMMENT ON COLUMN pub.issue.code IS 'Constant name of the kind of fault.';
COMMENT ON COLUMN pub.issue.message IS 'One line for a person.';
COMMENT ON COLUMN pub.issue.feed_id IS 'Feed concerned; null where none is.';
COMMENT ON COLUMN pub.issue.article_id IS 'Article concerned; null where none is.';
COMMENT ON COLUMN pub.issue.url IS 'Address concerned; null where none is.';

CREATE VIEW pub.toll_by_side AS
SELECT
    c.incident_id, c.measure, c.speaker_side, min(c.low) AS low, max(c.high) AS high,
    CASE WHEN count(*) FILTER (c.high IS NULL) > 0 THEN NULL ELSE max(c.high) END AS closed_high,
    max(coalesce(c.high, c.low)) AS most_named, count(*) AS n_claims,
    count(DISTINCT c.speaker) AS n_speakers
FROM pub.claim c
WHERE NOT c.is_increment AND NOT c.is_part
GROUP BY c.incident_id, c.measure, c.speaker_side;
COMMENT ON VIEW pub.toll_by_side IS 'Policy by_side: what each side says of an incident; increments and subsets are left out.';
COMMENT ON COLUMN pub.toll_by_side.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.toll_by_side.measure IS 'What is counted.';
COMMENT ON COLUMN pub.toll_by_side.speaker_side IS 'Side of the speakers.';
COMMENT ON COLUMN pub.toll_by_side.low IS 'Fewest people that this side names; null = no lower bound given.';
COMMENT ON COLUMN pub.toll_by_side.high IS 'Greatest upper bound that this side gives; null = none given.';
COMMENT ON COLUMN pub.toll_by_side.closed_high IS 'As high, but null as soon as one claim is open upwards.';
COMMENT ON COLUMN pub.toll_by_side.most_named IS 'Greatest number that this side names, be it an upper or a lower bound.';
COMMENT ON COLUMN pub.toll_by_side.n_claims IS 'Claims of this side.';
COMMENT ON COLUMN pub.toll_by_side.n_speakers IS 'Different speakers of this side; the outlet''s own voice counts as none.';

CREATE VIEW pub.toll_ucdp AS
SELECT i.incident_id, i.killed_low AS low, i.killed_best AS best, i.killed_high AS high
FROM pub.incident i WHERE i.status NOT IN ('merged', 'retracted');
COMMENT ON VIEW pub.toll_ucdp IS 'Policy ucdp: low, best and high estimate of people killed; best is the documented policy of the incident.';
COMMENT ON COLUMN pub.toll_ucdp.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.toll_ucdp.low IS 'Low estimate; null = none claimed.';
COMMENT ON COLUMN pub.toll_ucdp.best IS 'Best estimate; null = none claimed.';
COMMENT ON COLUMN pub.toll_ucdp.high IS 'High estimate; null = none claimed, or open.';

CREATE VIEW pub.toll_acled AS
SELECT i.incident_id, coalesce(i.killed_low, 0) AS fatalities, i.killed_low IS NULL AS is_unknown
FROM pub.incident i WHERE i.status NOT IN ('merged', 'retracted');
COMMENT ON VIEW pub.toll_acled IS 'Policy acled: the most conservative number of people killed.';
COMMENT ON COLUMN pub.toll_acled.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.toll_acled.fatalities IS 'Lowest claim; 0 where none is made.';
COMMENT ON COLUMN pub.toll_acled.is_unknown IS 'True where the 0 stands for no claim at all.';

CREATE VIEW pub.disputes AS
WITH _side AS (
    SELECT s.incident_id, s.measure, min(coalesce(s.low, 0)) AS low, max(s.most_named) AS high,
           sum(s.n_claims)::BIGINT AS n_claims, count(*) AS n_sides,
           arg_min(s.speaker_side, coalesce(s.low, 0)) AS low_side, arg_max(s.speaker_side, s.most_named) AS high_side
    FROM pub.toll_by_side s
    GROUP BY s.incident_id, s.measure
)
SELECT d.incident_id, d.measure, d.low, d.high, d.high - d.low AS spread, d.high / greatest(d.low, 1) AS ratio,
       d.low_side, d.high_side, d.n_sides, d.n_claims, i.headline, i.date_start, i.place_name, i.country_code
FROM _side d JOIN pub.incident i USING (incident_id)
WHERE d.high > d.low AND d.n_claims > 1
ORDER BY spread DESC, d.incident_id;
COMMENT ON VIEW pub.disputes IS 'Incidents whose claims disagree, the widest spread first.';
COMMENT ON COLUMN pub.disputes.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.disputes.measure IS 'What is counted.';
COMMENT ON COLUMN pub.disputes.low IS 'Lowest number claimed.';
COMMENT ON COLUMN pub.disputes.high IS 'Highest number claimed.';
COMMENT ON COLUMN pub.disputes.spread IS 'Highest less lowest, in people.';
COMMENT ON COLUMN pub.disputes.ratio IS 'Highest by lowest, a lowest of 0 read as 1.';
COMMENT ON COLUMN pub.disputes.low_side IS 'Side that claims the lowest number.';
COMMENT ON COLUMN pub.disputes.high_side IS 'Side that claims the highest number.';
COMMENT ON COLUMN pub.disputes.n_sides IS 'Sides that make a claim.';
COMMENT ON COLUMN pub.disputes.n_claims IS 'Claims, increments and subsets left out.';
COMMENT ON COLUMN pub.disputes.headline IS 'Headline of the incident.';
COMMENT ON COLUMN pub.disputes.date_start IS 'First day on which it may have happened.';
COMMENT ON COLUMN pub.disputes.place_name IS 'Name of the place.';
COMMENT ON COLUMN pub.disputes.country_code IS 'ISO 3166-1 alpha-2 code of the place.';

CREATE VIEW pub.actor_pairs AS
WITH _actor AS (
    SELECT DISTINCT a.incident_id, coalesce(a.actor_id, a.name) AS actor, a.role FROM pub.actor_mention a
    WHERE a.incident_id IS NOT NULL
)
SELECT l.actor AS left_actor, r.actor AS right_actor, count(DISTINCT l.incident_id) AS n_incidents,
       count(DISTINCT l.incident_id) FILTER (l.role = 'initiator' AND r.role = 'target') AS n_left_on_right,
       count(DISTINCT l.incident_id) FILTER (l.role = 'target' AND r.role = 'initiator') AS n_right_on_left,
       min(i.date_start) AS first_date, max(i.date_end) AS last_date
FROM _actor l
JOIN _actor r ON r.incident_id = l.incident_id AND l.actor < r.actor
JOIN pub.incident i ON i.incident_id = l.incident_id
GROUP BY l.actor, r.actor
ORDER BY n_incidents DESC, left_actor, right_actor;
COMMENT ON VIEW pub.actor_pairs IS 'Who is told of together with whom, the most frequent pair first.';
COMMENT ON COLUMN pub.actor_pairs.left_actor IS 'Id of the one actor, or its name where it has none.';
COMMENT ON COLUMN pub.actor_pairs.right_actor IS 'Id of the other actor, or its name where it has none.';
COMMENT ON COLUMN pub.actor_pairs.n_incidents IS 'Incidents whose reports name both.';
COMMENT ON COLUMN pub.actor_pairs.n_left_on_right IS 'Of these, incidents in which a report has left as initiator and right as target.';
COMMENT ON COLUMN pub.actor_pairs.n_right_on_left IS 'The other way round.';
COMMENT ON COLUMN pub.actor_pairs.first_date IS 'First day of the earliest incident.';
COMMENT ON COLUMN pub.actor_pairs.last_date IS 'Last day of the latest incident.';

CREATE VIEW pub.correction AS
WITH _coded AS (
    SELECT r.article_id, r.report_no, r.coding_no, r.killed_best, r.injured_best, r.revision, n.known_at
    FROM core.report r JOIN lib.run_now n USING (run_no) WHERE r.role = 'main'
),
_step AS (
    SELECT c.article_id, c.revision, c.known_at, c.killed_best, c.injured_best,
           lag(c.killed_best) OVER w AS killed_before, lag(c.injured_best) OVER w AS injured_before,
           lag(c.revision) OVER w AS revision_before, lag(c.known_at) OVER w AS known_before
    FROM _coded c WINDOW w AS (PARTITION BY c.article_id ORDER BY c.report_no)
)
SELECT a.outlet, s.article_id, s.revision, s.known_at AS corrected_at,
       date_diff('minute', s.known_before, s.known_at) AS minutes_to_correction,
       s.killed_before, s.killed_best AS killed_after, s.injured_before, s.injured_best AS injured_after
FROM _step s JOIN pub.article a USING (article_id)
WHERE s.revision > s.revision_before
  AND (s.killed_best IS DISTINCT FROM s.killed_before OR s.injured_best IS DISTINCT FROM s.injured_before);
COMMENT ON VIEW pub.correction IS 'Figures that an outlet changed in a later revision of the same article.';
COMMENT ON COLUMN pub.correction.outlet IS 'Publisher of the article.';
COMMENT ON COLUMN pub.correction.article_id IS 'The article.';
COMMENT ON COLUMN pub.correction.revision IS 'Revision that brought the new figure.';
COMMENT ON COLUMN pub.correction.corrected_at IS 'Instant at which we knew of the new figure.';
COMMENT ON COLUMN pub.correction.minutes_to_correction IS 'Minutes from our knowing the old figure to our knowing the new one.';
COMMENT ON COLUMN pub.correction.killed_before IS 'People killed by the earlier revision; null = not told.';
COMMENT ON COLUMN pub.correction.killed_after IS 'People killed by the later revision; null = not told.';
COMMENT ON COLUMN pub.correction.injured_before IS 'People injured by the earlier revision; null = not told.';
COMMENT ON COLUMN pub.correction.injured_after IS 'People injured by the later revision; null = not told.';

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
WITH _first AS (
    SELECT r.incident_id, min(r.published_at) AS first_published_at, count(DISTINCT r.outlet) AS n_outlets
    FROM pub.report r WHERE r.incident_id IS NOT NULL AND r.role = 'main' GROUP BY r.incident_id
),
_outlet AS (
    SELECT r.outlet, count(DISTINCT r.article_id) AS n_articles, count(DISTINCT r.incident_id) AS n_incidents,
           count(DISTINCT r.incident_id) FILTER (f.n_outlets > 1 AND r.published_at = f.first_published_at) AS n_first,
           median(date_diff('minute', f.first_published_at, r.published_at)) FILTER (f.n_outlets > 1) AS median_minutes_behind
    FROM pub.report r JOIN _first f USING (incident_id) WHERE r.role = 'main' GROUP BY r.outlet
),
_copy AS (
    SELECT a.outlet, count(*) FILTER (a.origin_id <> a.article_id) AS n_copies FROM pub.article a GROUP BY a.outlet
)
SELECT o.outlet, o.n_articles, o.n_incidents, o.n_first, o.median_minutes_behind, c.n_copies,
       coalesce(t.n_corrections, 0) AS n_corrections
FROM _outlet o LEFT JOIN _copy c USING (outlet) LEFT JOIN pub.time_to_correction t USING (outlet)
ORDER BY o.n_incidents DESC, o.outlet;
COMMENT ON VIEW pub.outlet_profile IS 'How each publisher reports: how much, how early, how often a copy, how often corrected.';
COMMENT ON COLUMN pub.outlet_profile.outlet IS 'The publisher.';
COMMENT ON COLUMN pub.outlet_profile.n_articles IS 'Articles with a main report.';
COMMENT ON COLUMN pub.outlet_profile.n_incidents IS 'Incidents reported.';
COMMENT ON COLUMN pub.outlet_profile.n_first IS 'Incidents of several publishers that this one published first.';
COMMENT ON COLUMN pub.outlet_profile.median_minutes_behind IS 'Median delay after the first publisher, over incidents of several publishers.';
COMMENT ON COLUMN pub.outlet_profile.n_copies IS 'Articles that copy another piece of writing.';
COMMENT ON COLUMN pub.outlet_profile.n_corrections IS 'Figures changed in a later revision.';
