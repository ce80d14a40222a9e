-- Periods with more incidents than their past explains; measured on calm worlds in docs/decisions/0005-spikes.md.
-- The upper tail of a negative binomial law: 1 less the lower tail while that is precise, else the upper one summed
-- up to where its terms, which fall at least as a geometric series does, come to nothing (e^-30 of the first).
CREATE MACRO lib.nb_term(j, mean, size) AS exp(
    lgamma(j + size) - lgamma(size) - lgamma(j + 1) + size * ln(size / (size + mean)) + j * ln(mean / (size + mean)));
COMMENT ON MACRO lib.nb_term IS 'Chance of exactly j under a negative binomial law of this mean and variance mean + mean² / size.';
CREATE MACRO lib.nb_lower_tail(n, mean, size) AS list_sum(list_transform(range(0, n), lambda j: lib.nb_term(j, mean, size)));
COMMENT ON MACRO lib.nb_lower_tail IS 'Chance of fewer than n, n at least 1.';
CREATE MACRO lib.nb_upper_tail(n, mean, size) AS list_sum(list_transform(
    range(n, n + least(10000, ceil(30 / ln((n + 1) * (size + mean) / ((n + size) * mean)))::BIGINT + 2)),
    lambda j: lib.nb_term(j, mean, size)));
COMMENT ON MACRO lib.nb_upper_tail IS 'Chance of n or more, for an n well above the mean.';

CREATE MACRO pub.spikes(
    "by" := 'week', per := 'country', country := NULL, event_type := NULL, clock := 'event', since := NULL, until := NULL,
    n_baseline := 26, false_share_0_1 := 0.05
) AS TABLE
WITH _known AS (SELECT lib.utc_day(max(n.known_at)) AS day FROM lib.run_now n),
_exposure AS (
    SELECT date_trunc("by", e.day)::DATE AS period_start, sum(e.n_articles)::DOUBLE AS n_articles_seen
    FROM lib.exposure(clock, 'infinity'::TIMESTAMPTZ, 'all') e GROUP BY 1
),
_incident AS (
    SELECT v.incident_id, date_trunc("by", c.day)::DATE AS period_start,
           CASE per WHEN 'country' THEN coalesce(v.country_code, '?')
                    WHEN 'event_type' THEN v.event_type
                    WHEN 'admin1' THEN coalesce(v.country_code, '?') || ' ' || coalesce(v.admin1, '?')
                    WHEN 'country_event_type' THEN coalesce(v.country_code, '?') || ' ' || v.event_type
                    ELSE 'all' END AS series
    FROM lib.counted(clock, country, NULL, event_type, NULL, 'infinity'::TIMESTAMPTZ) c
    JOIN pub.incident v USING (incident_id)
    WHERE clock <> 'event' OR c.date_precision IN ('day', 'days')
),
_count AS (
    SELECT i.series, i.period_start, count(*) AS n, list(i.incident_id ORDER BY i.incident_id) AS incident_ids
    FROM _incident i GROUP BY ALL
),
-- Every series in every period that was watched, so that a calm period counts as zero and an unwatched one not at all.
_grid AS (
    SELECT s.series, e.period_start, e.n_articles_seen, coalesce(c.n, 0) AS n, c.incident_ids,
           CASE "by" WHEN 'day' THEN dayofweek(e.period_start) ELSE 0 END AS season -- the week is the season of days
    FROM (SELECT DISTINCT k.series FROM _count k) s
    CROSS JOIN _exposure e
    CROSS JOIN _known k
    LEFT JOIN _count c ON c.series = s.series AND c.period_start = e.period_start
    WHERE e.period_start <= k.day
),
_baseline AS (
    SELECT g.*, count(*) OVER _past AS n_periods, sum(g.n) OVER _past AS n_past, sum(g.n_articles_seen) OVER _past AS n_articles_past,
           count(*) OVER _whole - 1 AS k, sum(g.n) OVER _whole - g.n AS s1, sum(g.n * g.n) OVER _whole - g.n * g.n AS s2
    FROM _grid g
    WINDOW _past AS (
        PARTITION BY g.series, g.season ORDER BY g.period_start
        RANGE BETWEEN (n_baseline * CASE "by" WHEN 'day' THEN 7 ELSE 1 END * ('1 ' || "by")::INTERVAL) PRECEDING AND INTERVAL 1 DAY PRECEDING
    ), _whole AS (PARTITION BY g.series, g.season)
),
_expected AS (
    SELECT b.*, b.n_articles_seen * (b.n_past + 0.5) / b.n_articles_past AS expected, -- half a count: never quite nothing
           -- How much more the series scatters than chance: variance by mean of all its other periods, never under 1.
           greatest(1.0, coalesce((b.s2 - b.s1 * b.s1 / b.k) / nullif(b.k - 1, 0) / nullif(b.s1 / b.k, 0), 1.0)) AS dispersion
    FROM _baseline b
    WHERE b.n_periods >= 8 -- fewer tell little of what is usual
      AND (since IS NULL OR b.period_start >= since) AND (until IS NULL OR b.period_start <= until)
),
-- All of these periods are tests, those of few incidents too; else chance alone would make "spikes" in quiet series.
_n_test AS (SELECT count(*) AS n_tests FROM _expected),
_sized AS (
    -- Variance dispersion x mean, and the mean itself is known from n_periods periods only.
    SELECT e.*, e.expected / (e.dispersion * (1 + 1.0 / e.n_periods) - 1) AS size FROM _expected e
    WHERE e.n >= 3 -- fewer cannot be told from chance in any series worth watching
      AND e.n > e.expected
),
_lower AS (SELECT s.*, 1 - lib.nb_lower_tail(s.n, s.expected, s.size) AS rest FROM _sized s),
_p AS (
    SELECT l.*, CASE WHEN l.rest > 1e-5 THEN l.rest ELSE lib.nb_upper_tail(l.n, l.expected, l.size) END AS p_value FROM _lower l
),
_ranked AS (
    SELECT p.*, row_number() OVER (ORDER BY p.p_value, p.series, p.period_start) AS place FROM _p p
),
_q AS (
    SELECT r.*, least(1.0, min(r.p_value * t.n_tests / r.place) OVER (ORDER BY r.place DESC)) AS q_value
    FROM _ranked r CROSS JOIN _n_test t
)
SELECT
    q.series, q.period_start, q.n AS n_incidents, round(q.expected, 2) AS n_expected, q.p_value, q.q_value, q.n_periods,
    format('{}: {} incidents in the {} from {}, where {:.1f} were to be expected from {} watched periods before (chance {:.1g}, {:.1g} after allowing for the number of tests)',
        q.series, q.n, "by", q.period_start::VARCHAR, q.expected, q.n_periods, q.p_value, q.q_value) AS words,
    q.incident_ids
FROM _q q
WHERE q.q_value <= false_share_0_1
ORDER BY q.q_value, q.series, q.period_start;
COMMENT ON MACRO TABLE pub.spikes IS
'Periods with more incidents than their past explains. `by`: day, week or month; `per`: country, admin1, event_type, country_event_type or all; `country`, `event_type`, `clock`, `since`, `until` as in pub.trend. Each count is held against a negative binomial law whose mean is the rate of the `n_baseline` watched periods before (days: the same weekday; at least eight of them) times the articles seen, so that a new feed makes no spike, and whose scatter is that of all other periods of the series; Benjamini and Hochberg, over all periods looked at, keep the share of false spikes under `false_share_0_1`. Columns: series, period_start, n_incidents, n_expected, p_value, q_value, n_periods, words, incident_ids.';
