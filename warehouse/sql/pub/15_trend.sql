-- The parts that pub.trend and pub.trend_asof share. Days are UTC days, whatever the reader's session says.
-- Through microseconds, because timezone('UTC', …) takes half a microsecond a row and this a hundredth of it.
CREATE MACRO lib.utc_day(instant) AS make_timestamp(epoch_us(instant))::DATE;
COMMENT ON MACRO lib.utc_day IS 'Day of an instant in UTC.';

CREATE MACRO lib.exposure(clock, known_until, panel) AS TABLE
SELECT
    lib.utc_day(CASE WHEN clock = 'event' THEN coalesce(a.published_at, a.first_seen_at) ELSE a.first_seen_at END) AS day,
    CASE WHEN panel = 'fixed' THEN a.outlet END AS outlet, count(*) AS n_articles
FROM core.article a
SEMI JOIN lib.run_at(known_until) n ON n.run_no = a.run_no
WHERE a.revision = 1
GROUP BY ALL;
COMMENT ON MACRO TABLE lib.exposure IS 'Articles by day, and by outlet for a fixed panel, by the clock asked for: what was there to learn from.';

CREATE MACRO lib.watched_day(known_until) AS TABLE
SELECT DISTINCT lib.utc_day(r.known_at) AS day
FROM core.run r SEMI JOIN lib.run_at(known_until) n ON n.run_no = r.run_no
WHERE r.n_feeds_ok > 0;
COMMENT ON MACRO TABLE lib.watched_day IS 'Days on which at least one feed answered.';

CREATE MACRO lib.counted_incident(known_until) AS TABLE -- one of the two branches falls away when a question is planned
SELECT i.incident_id, i.date_start, i.detected_at, i.date_precision, i.killed_best, i.injured_best, i.status, i.country_code, i.admin1, i.event_type, i.actors
FROM pub.incident i WHERE known_until = 'infinity'::TIMESTAMPTZ
UNION ALL
SELECT a.incident_id, a.date_start, a.detected_at, a.date_precision, a.killed_best, a.injured_best, a.status, a.country_code, a.admin1, a.event_type, a.actors
FROM pub.incident_asof(known_until) a WHERE known_until <> 'infinity'::TIMESTAMPTZ;
COMMENT ON MACRO TABLE lib.counted_incident IS 'pub.incident_asof with what a trend asks of it; of all that is known now by way of the fold.';

CREATE MACRO lib.counted(clock, country, admin1, event_type, actor, known_until) AS TABLE
SELECT
    i.incident_id,
    CASE WHEN clock = 'event' THEN i.date_start ELSE lib.utc_day(i.detected_at) END AS day,
    i.date_start, lib.utc_day(i.detected_at) AS detected_on, i.date_precision, i.killed_best, i.injured_best
FROM lib.counted_incident(known_until) i
WHERE i.status NOT IN ('merged', 'retracted')
  AND (country IS NULL OR i.country_code = country)
  AND (admin1 IS NULL OR i.admin1 = admin1)
  AND (event_type IS NULL OR i.event_type = event_type)
  AND (actor IS NULL OR list_contains(i.actors, actor));
COMMENT ON MACRO TABLE lib.counted IS 'Incidents that a trend counts, with the day that it puts them on.';

CREATE MACRO lib.incident_outlet(known_until) AS TABLE -- as above, one branch falls away
SELECT DISTINCT m.incident_id, a.outlet FROM state.member m JOIN core.article a USING (article_no)
WHERE known_until = 'infinity'::TIMESTAMPTZ
UNION ALL
SELECT DISTINCT m.incident_id, a.outlet FROM lib.member_asof(known_until) m JOIN core.article a USING (article_no)
WHERE known_until <> 'infinity'::TIMESTAMPTZ;
COMMENT ON MACRO TABLE lib.incident_outlet IS 'Which outlets told of which incident, as far as it was known then.';

CREATE MACRO pub.trend_asof(
    ts, "by" := 'week', country := NULL, admin1 := NULL, event_type := NULL, actor := NULL, clock := 'event',
    panel := 'all', since := NULL, until := NULL
) AS TABLE
WITH _exposure AS (FROM lib.exposure(clock, ts, panel)),
_known AS (SELECT lib.utc_day(max(n.known_at)) AS day FROM lib.run_at(ts) n),
_span AS (
    SELECT date_trunc("by", coalesce(since, min(e.day)))::DATE AS first_day,
           coalesce(until, (SELECT k.day FROM _known k)) AS last_day
    FROM _exposure e
),
_period AS (
    SELECT unnest(generate_series(s.first_day, date_trunc("by", s.last_day)::DATE, ('1 ' || "by")::INTERVAL))::DATE AS period_start FROM _span s
),
_calendar AS (
    SELECT p.period_start, (p.period_start + ('1 ' || "by")::INTERVAL)::DATE - 1 AS period_end FROM _period p
),
_panel AS ( -- outlets that were heard both in the first and in the last quarter of the span
    SELECT e.outlet FROM _exposure e, _span s
    WHERE panel = 'fixed'
    GROUP BY e.outlet, s.first_day, s.last_day
    HAVING min(e.day) <= s.first_day + ((s.last_day - s.first_day) // 4)::INTEGER
       AND max(e.day) >= s.last_day - ((s.last_day - s.first_day) // 4)::INTEGER
),
_seen AS (
    SELECT date_trunc("by", e.day)::DATE AS period_start, sum(e.n_articles) AS n_articles_seen
    FROM _exposure e
    WHERE panel <> 'fixed' OR e.outlet IN (SELECT p.outlet FROM _panel p)
    GROUP BY 1
),
_watched AS (
    SELECT date_trunc("by", w.day)::DATE AS period_start, count(DISTINCT w.day) AS n_days_watched
    FROM (SELECT e.day FROM _exposure e UNION SELECT d.day FROM lib.watched_day(ts) d) w
    GROUP BY 1
),
_incident AS (FROM lib.counted(clock, country, admin1, event_type, actor, ts)),
_in_panel AS (
    SELECT i.* FROM _incident i WHERE panel <> 'fixed'
    UNION ALL
    SELECT i.* FROM _incident i
    WHERE panel = 'fixed' AND i.incident_id IN (
        SELECT o.incident_id FROM lib.incident_outlet(ts) o
        WHERE panel = 'fixed' AND o.outlet IN (SELECT p.outlet FROM _panel p)
    )
),
_count AS (
    SELECT date_trunc("by", i.day)::DATE AS period_start, count(*) AS n_incidents,
           coalesce(sum(i.killed_best), 0)::BIGINT AS killed_best, coalesce(sum(i.injured_best), 0)::BIGINT AS injured_best
    FROM _in_panel i
    WHERE clock <> 'event' OR i.date_precision IN ('day', 'days')
       OR (i.date_precision = 'week' AND "by" IN ('week', 'month', 'quarter', 'year'))
       OR (i.date_precision = 'month' AND "by" IN ('month', 'quarter', 'year'))
    GROUP BY 1
),
_lag AS ( -- days from the event to our knowing of it; those beyond 60 days are backlog, not delay
    SELECT date_diff('day', i.date_start, i.detected_on) AS lag_days, count(*) AS n
    FROM _incident i WHERE i.date_precision = 'day' AND i.detected_on - i.date_start BETWEEN 0 AND 60
    GROUP BY 1
),
_arrived AS (
    SELECT l.lag_days, sum(l.n) OVER (ORDER BY l.lag_days) / sum(l.n) OVER () AS share_0_1 FROM _lag l
),
_row AS (
    SELECT
        c.period_start, c.period_end,
        CASE WHEN n.n_incidents IS NOT NULL THEN n.n_incidents WHEN w.n_days_watched > 0 THEN 0 END AS n_incidents,
        CASE WHEN n.killed_best IS NOT NULL THEN n.killed_best WHEN w.n_days_watched > 0 THEN 0 END AS killed_best,
        CASE WHEN n.injured_best IS NOT NULL THEN n.injured_best WHEN w.n_days_watched > 0 THEN 0 END AS injured_best,
        coalesce(w.n_days_watched, 0) AS n_days_watched,
        coalesce(s.n_articles_seen, 0)::BIGINT AS n_articles_seen,
        CASE WHEN k.day IS NULL OR c.period_end >= k.day THEN 0.0
             WHEN clock <> 'event' THEN 1.0
             WHEN NOT EXISTS (FROM _lag) THEN 1.0 -- nothing to learn delays from
             ELSE coalesce((SELECT max(a.share_0_1) FROM _arrived a WHERE a.lag_days <= k.day - c.period_end), 0.0)
        END AS completeness_0_1
    FROM _calendar c
    CROSS JOIN _known k
    LEFT JOIN _count n USING (period_start)
    LEFT JOIN _watched w USING (period_start)
    LEFT JOIN _seen s USING (period_start)
)
SELECT
    r.period_start, r.period_end, r.n_incidents, r.killed_best, r.injured_best,
    r.n_days_watched > 0 AS is_watched, r.n_days_watched, r.n_articles_seen,
    CASE WHEN r.n_articles_seen > 0 THEN 1000.0 * r.n_incidents / r.n_articles_seen END AS incidents_per_1000_articles,
    avg(r.n_incidents) OVER (ORDER BY r.period_start ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS rolling_mean_4,
    r.completeness_0_1 < 0.9 AS is_filling, r.completeness_0_1
FROM _row r
ORDER BY r.period_start;
COMMENT ON MACRO TABLE pub.trend_asof IS
'pub.trend as it could be asked at the instant `ts`, with what was known then.';

CREATE MACRO pub.trend(
    "by" := 'week', country := NULL, admin1 := NULL, event_type := NULL, actor := NULL, clock := 'event', panel := 'all',
    since := NULL, until := NULL
) AS TABLE
FROM pub.trend_asof(
    'infinity'::TIMESTAMPTZ, "by" := "by", country := country, admin1 := admin1, event_type := event_type, actor := actor,
    clock := clock, panel := panel, since := since, until := until
);
COMMENT ON MACRO TABLE pub.trend IS
'Incidents by period: zero where we watched, null where we did not. `by`: day, week, month, quarter or year. `country` (ISO code), `admin1`, `event_type`, `actor` (a name) narrow it. `clock`: event (when it happened) or detected (when we knew). `panel`: all, or fixed (only outlets heard in the first and the last quarter of the span). `since`, `until`: dates. Columns: period_start, period_end, n_incidents, killed_best and injured_best (sums over incidents, never over reports), is_watched, n_days_watched, n_articles_seen (exposure), incidents_per_1000_articles, rolling_mean_4 (over this and three periods before), is_filling (under 0.9 of what will be known is known, learnt from past delays), completeness_0_1. The span begins with the first article unless `since` says otherwise. A period that nobody watched has a count all the same where later reports tell of it. Dates vaguer than the period are left out.';
