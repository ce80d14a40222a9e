-- Twenty-five questions to the published warehouse. Each is one statement that stands alone; a test runs them all.
-- Open: duckdb -readonly var/published/incidents.duckdb   Dates are examples.

-- 1. What is new since a moment?
SELECT detected_at, headline, place_name, country_code, killed_low, killed_high, n_origins
FROM pub.new_incidents('2018-02-07'::TIMESTAMPTZ);

-- 2. What changed since I last looked (change number 0), and why?
SELECT change_id, "at", kind, incident_id, detail FROM pub.changes_after(0);

-- 3. What is known of the deadliest incident?
SELECT * FROM pub.incident WHERE status <> 'merged' ORDER BY killed_best DESC NULLS LAST LIMIT 1;

-- 4. Who says how many were killed in it, in whose words?
SELECT c.speaker, c.speaker_side, c.low, c.high, c.bound, c.quote, c.outlet, c.published_at
FROM pub.claims_of((SELECT arg_max(incident_id, killed_best) FROM pub.incident)) c
WHERE c.measure = 'killed';

-- 5. Which incidents are disputed most, and between which sides?
SELECT headline, measure, low, high, spread, low_side, high_side FROM pub.disputes LIMIT 20;

-- 6. How do the sides differ on one incident?
SELECT measure, victims_side, speaker_side, low, high, most_named, n_claims FROM pub.toll_by_side
WHERE incident_id = (SELECT arg_max(incident_id, killed_best) FROM pub.incident)
ORDER BY measure, victims_side, speaker_side;

-- 7. What did we know on the afternoon of 7 February 2018, and nothing later?
SELECT incident_id, headline, killed_low, killed_best, killed_high FROM pub.incident_asof('2018-02-07 15:30:00+00'::TIMESTAMPTZ);

-- 8. How has the toll of each incident moved since then?
SELECT n.incident_id, o.killed_best AS then_killed, n.killed_best AS now_killed
FROM pub.incident n JOIN pub.incident_asof('2018-02-07 15:30:00+00'::TIMESTAMPTZ) o USING (incident_id)
WHERE n.killed_best IS DISTINCT FROM o.killed_best;

-- 9. Which claims were known then?
SELECT speaker, measure, low, high, quote FROM pub.claims_asof('2018-02-07 15:30:00+00'::TIMESTAMPTZ);

-- 10. Which incidents rest on texts of two or more outlets?
SELECT headline, n_articles, n_outlets, n_origins FROM pub.incident WHERE n_origins >= 2 AND status <> 'merged';

-- 11. Which articles copy one piece of writing?
SELECT origin_id, list(outlet ORDER BY published_at) AS outlets FROM pub.article GROUP BY origin_id HAVING count(*) > 1;

-- 12. What happened within 50 km of a point?
SELECT round(distance_km, 1) AS km, headline, date_start FROM pub.incidents_near(35.30, 40.29, 50);

-- 13. How many incidents a week, with what was watched and what is still filling up?
SELECT period_start, n_incidents, is_watched, is_filling, incidents_per_1000_articles FROM pub.trend(by := 'week');

-- 14. The same for one country by month, with only the outlets that we heard all along?
SELECT period_start, n_incidents, n_articles_seen FROM pub.trend(by := 'month', country := 'SY', panel := 'fixed');

-- 15. How did that trend look on 10 February 2018?
SELECT period_start, n_incidents, is_filling FROM pub.trend_asof('2018-02-10'::TIMESTAMPTZ, by := 'day', country := 'SY');

-- 16. When did we learn of incidents, rather than when did they happen?
SELECT period_start, n_incidents FROM pub.trend(by := 'day', clock := 'detected');

-- 17. Which weeks had more incidents than their past explains?
SELECT words FROM pub.spikes(by := 'week', per := 'country');

-- 18. How long after an incident do we learn of it?
SELECT median(date_diff('day', date_end, make_timestamp(epoch_us(detected_at))::DATE)) AS median_days,
       quantile_cont(date_diff('day', date_end, make_timestamp(epoch_us(detected_at))::DATE), 0.9) AS days_for_nine_in_ten
FROM pub.incident WHERE date_precision = 'day' AND status <> 'merged';

-- 19. Who fights whom?
SELECT left_actor, right_actor, n_incidents, n_left_on_right, n_right_on_left FROM pub.actor_pairs LIMIT 20;

-- 20. Which outlets are first, and how far behind are the others?
SELECT outlet, n_incidents, n_first, median_minutes_behind, n_copies, n_corrections FROM pub.outlet_profile;

-- 21. Which outlets corrected a figure, and how fast?
SELECT outlet, n_corrections, median_minutes FROM pub.time_to_correction;

-- 22. Which headlines and quotes speak of something, the most telling first, and near a point?
SELECT text, incident_id, relevance FROM pub.search('were killed', lat := 35.3, lon := 40.3, km := 200) LIMIT 20;

-- 23. Which pairs should a person look at?
SELECT report_id, incident_id, other_incident_id, explanation ->> 'probability_0_1' AS probability
FROM pub.unsure ORDER BY abs((explanation ->> 'probability_0_1')::DOUBLE - 0.5);

-- 24. Which feeds are silent or failing?
SELECT feed_id, health, last_success_at, n_failures, last_error FROM pub.feed_health WHERE health <> 'healthy';

-- 25. What does the most conservative count say for each country and month?
SELECT i.country_code, date_trunc('month', i.date_start)::DATE AS month, sum(t.fatalities) AS fatalities, count(*) AS n_incidents
FROM pub.toll_acled t JOIN pub.incident i USING (incident_id) GROUP BY ALL ORDER BY ALL;
