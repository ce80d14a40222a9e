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
    c.incident_id, c.measure, c.victims_side, c.speaker_side, min(c.low) AS low, max(c.high) AS high,
    CASE WHEN count(*) FILTER (c.high IS NULL) > 0 THEN NULL ELSE max(c.high) END AS closed_high,
    max(coalesce(c.high, c.low)) AS most_named, count(*) AS n_claims,
    count(DISTINCT c.speaker) AS n_speakers
FROM pub.claim c
WHERE NOT c.is_increment AND NOT c.is_part
GROUP BY c.incident_id, c.measure, c.victims_side, c.speaker_side;
COMMENT ON VIEW pub.toll_by_side IS 'Policy by_side: what each side says of the dead and hurt of each side; increments and subsets are left out.';
COMMENT ON COLUMN pub.toll_by_side.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.toll_by_side.measure IS 'What is counted.';
COMMENT ON COLUMN pub.toll_by_side.victims_side IS 'Whom those counted belong to, as in pub.claim; null = not told.';
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

-- The rule stands in model/dispute.py; the resolver applies it and says so by the status. This view lists the claims in
-- force that are held against each other there: of one speaker the newest on the same victims, whose side is told.
CREATE VIEW pub.disputes AS
WITH _held AS (
    SELECT c.incident_id, c.measure, c.victims_side, c.speaker_side, c.low, c.high
    FROM pub.claim c
    JOIN pub.report r USING (report_id)
    JOIN pub.article a ON a.article_id = r.article_id
    JOIN pub.incident i ON i.incident_id = c.incident_id AND i.status = 'disputed'
    WHERE c.measure = 'killed' AND NOT c.is_increment AND NOT c.is_part
      AND coalesce(c.low, c.high) IS NOT NULL AND c.victims_side IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY c.incident_id, c.victims_side, lower(coalesce(c.speaker, a.outlet))
        ORDER BY c.published_at DESC NULLS FIRST, c.claim_id DESC) = 1
),
_side AS (
    SELECT c.incident_id, c.measure, c.victims_side, c.speaker_side, count(*) AS n_claims,
           min(coalesce(c.low, c.high)) AS low, max(coalesce(c.low, c.high)) AS highest_low,
           max(coalesce(c.high, c.low)) AS high, min(coalesce(c.high, c.low)) AS lowest_high
    FROM _held c
    GROUP BY ALL
),
_all AS (
    SELECT s.incident_id, s.measure, s.victims_side, min(s.low) AS low, max(s.high) AS high, sum(s.n_claims)::BIGINT AS n_claims,
           list({'speaker_side': s.speaker_side, 'low': s.low, 'high': s.high, 'n_claims': s.n_claims}) AS sides
    FROM _side s
    GROUP BY ALL
    HAVING max(s.highest_low) - min(s.lowest_high) >= greatest(2, 0.25 * max(s.high))
),
_sorted AS (SELECT d.*, list_sort(d.sides) AS by_side FROM _all d) -- by the name of the side
SELECT d.incident_id, d.measure, d.low, d.high, d.high - d.low AS spread, d.high / greatest(d.low, 1) AS ratio,
       list_filter(d.by_side, lambda s: s.low = d.low)[1].speaker_side AS low_side,
       list_filter(d.by_side, lambda s: s.high = d.high)[1].speaker_side AS high_side,
       len(d.by_side) AS n_sides, d.n_claims, i.headline, i.date_start, i.place_name, i.country_code, d.victims_side, d.by_side
FROM _sorted d JOIN pub.incident i USING (incident_id)
ORDER BY spread DESC, d.incident_id, d.measure, d.victims_side;
COMMENT ON VIEW pub.disputes IS 'Claims of people killed that cannot all be true, the widest spread first: rows of incidents with the status disputed only. Of one speaker the newest claim on the same victims counts; claims that do not tell whose the victims are count for nothing.';
COMMENT ON COLUMN pub.disputes.incident_id IS 'The incident.';
COMMENT ON COLUMN pub.disputes.measure IS 'What is counted.';
COMMENT ON COLUMN pub.disputes.low IS 'Lowest number claimed.';
COMMENT ON COLUMN pub.disputes.high IS 'Highest number claimed.';
COMMENT ON COLUMN pub.disputes.spread IS 'Highest less lowest, in people.';
COMMENT ON COLUMN pub.disputes.ratio IS 'Highest by lowest, a lowest of 0 read as 1.';
COMMENT ON COLUMN pub.disputes.low_side IS 'Side that claims the lowest number; of several the first by name.';
COMMENT ON COLUMN pub.disputes.high_side IS 'Side that claims the highest number; of several the first by name.';
COMMENT ON COLUMN pub.disputes.n_sides IS 'Sides that make a claim about these victims.';
COMMENT ON COLUMN pub.disputes.n_claims IS 'Claims about these victims, increments and subsets left out.';
COMMENT ON COLUMN pub.disputes.headline IS 'Headline of the incident.';
COMMENT ON COLUMN pub.disputes.date_start IS 'First day on which it may have happened.';
COMMENT ON COLUMN pub.disputes.place_name IS 'Name of the place.';
COMMENT ON COLUMN pub.disputes.country_code IS 'ISO 3166-1 alpha-2 code of the place.';
COMMENT ON COLUMN pub.disputes.victims_side IS 'Whose victims are counted, as in pub.claim.';
COMMENT ON COLUMN pub.disputes.by_side IS 'Spread by side: for each side of the speakers its lowest and highest number and its claims.';

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
