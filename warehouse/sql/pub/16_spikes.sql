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
    SELECT s.series, e.period_start, e.n_articles_seen, coalesce(c.n, 0) AS n, c.incident_ids
    FROM (SELECT DISTINCT k.series FROM _count k) s
    CROSS JOIN _exposure e
    LEFT JOIN _count c ON c.series = s.series AND c.period_start = e.period_start
),
_tested AS (
    SELECT g.* FROM _grid g, _known k
    WHERE g.n >= 3 -- fewer cannot be told from chance in any series worth watching
      AND (since IS NULL OR g.period_start >= since) AND (until IS NULL OR g.period_start <= until)
      AND g.period_start <= k.day
),
_baseline AS (
    SELECT t.series, t.period_start, t.n, t.incident_ids, t.n_articles_seen, count(*) AS n_periods,
           any_value(t.n_articles_seen) * (sum(b.n) + 0.5) / sum(b.n_articles_seen) AS expected, -- half a count: never quite nothing
           coalesce(var_samp(b.n) / nullif(avg(b.n), 0), 1) AS dispersion
    FROM _tested t
    JOIN _grid b ON b.series = t.series AND b.period_start < t.period_start
     AND b.period_start >= t.period_start - (n_baseline * CASE "by" WHEN 'day' THEN 7 ELSE 1 END * ('1 ' || "by")::INTERVAL)
     AND ("by" <> 'day' OR dayofweek(b.period_start) = dayofweek(t.period_start)) -- the week is the season of days
    GROUP BY ALL
    HAVING count(*) >= 4
),
_scaled AS (
    -- Negative binomial of mean `expected` and variance dispersion x mean; size 1e6 is Poisson to six digits.
    SELECT b.*, least(1e6, b.expected / greatest(b.dispersion - 1, 1e-6)) AS size FROM _baseline b
),
_p AS (
    SELECT s.*,
        greatest(0.0, 1 - list_sum(list_transform(range(0, s.n), lambda j: exp(
            lgamma(j + s.size) - lgamma(s.size) - lgamma(j + 1)
            + s.size * ln(s.size / (s.size + s.expected)) + j * ln(s.expected / (s.size + s.expected)))))) AS p_value
    FROM _scaled s
),
_ranked AS (
    SELECT p.*, p.p_value * count(*) OVER () / row_number() OVER (ORDER BY p.p_value, p.series, p.period_start) AS raw_q,
           row_number() OVER (ORDER BY p.p_value, p.series, p.period_start) AS place
    FROM _p p
),
_q AS (
    SELECT r.*, least(1.0, min(r.raw_q) OVER (ORDER BY r.place DESC)) AS q_value FROM _ranked r
)
SELECT
    q.series, q.period_start, q.n AS n_incidents, round(q.expected, 2) AS n_expected, q.p_value, q.q_value, q.n_periods,
    format('{}: {} incidents in the {} from {}, where {:.1f} were to be expected from {} watched periods before (chance {:.1g}, {:.1g} after allowing for the number of tests)',
        q.series, q.n, "by", q.period_start::VARCHAR, q.expected, q.n_periods, q.p_value, q.q_value) AS words,
    q.incident_ids
FROM _q q
WHERE q.q_value <= false_share_0_1 AND q.n > q.expected
ORDER BY q.q_value, q.series, q.period_start;
COMMENT ON MACRO TABLE pub.spikes IS
'Periods with more incidents than their past explains. `by`: day, week or month; `per`: country, admin1, event_type, country_event_type or all; `country`, `event_type`, `clock`, `since`, `until` as in pub.trend. Each count is held against a negative binomial law whose mean is the rate of the `n_baseline` watched periods before (days: the same weekday) times the articles seen, so that a new feed makes no spike; Benjamini and Hochberg keep the share of false spikes under `false_share_0_1`. Columns: series, period_start, n_incidents, n_expected, p_value, q_value, n_periods, words, incident_ids.';
