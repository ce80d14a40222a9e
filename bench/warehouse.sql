-- A warehouse of $n_reports reports over five years, one article each, three claims each, 0.4 incidents each.
INSERT INTO core.run SELECT r, 'bench-' || r, 'monitor', t, t, t, 'bench', 0, 10
FROM (SELECT range + 1 AS r, '2013-01-01'::TIMESTAMPTZ + to_hours(range::INTEGER * 24) AS t FROM range(1826));
INSERT INTO core.run_complete
SELECT r.run_no, r.now, '{"article": 1, "report": 1}', NULL, NULL FROM core.run r;

CREATE TEMP TABLE _r AS
SELECT range + 1 AS i, 1 + (range * 1826 // $n_reports)::BIGINT AS run_no,
       '2013-01-01'::TIMESTAMPTZ + to_seconds((range * 1826.0 * 86400 / $n_reports)::BIGINT) AS t,
       'art_' || left(md5('a' || range), 20) AS article_id, 'rep_' || left(md5('r' || range), 20) AS report_id,
       -- reports of an incident lie near each other in time, as they do
       'inc_' || left(md5('i' || (range * 2 // 5 + hash(range) % 50)), 20) AS incident_id,
       (hash(range) % 40)::INTEGER AS h
FROM range($n_reports);

INSERT INTO core.article
SELECT i, article_id, 1, md5('c' || i) || md5('d' || i), md5('t' || i) || md5('u' || i), 3000, 'https://outlet' || h || '.example/' || i,
       'https://outlet' || h || '.example/' || i, 'Outlet ' || h, 'feed' || h, 'Headline of article ' || i || ' about a clash near the river',
       NULL, 'en', t, 'instant', 'UTC', NULL, t, t, md5('p' || i) || md5('q' || i), 'full', NULL, '1', run_no
FROM _r ORDER BY i;
INSERT INTO core.coding SELECT i, article_id, 1, md5('k' || i) || md5('l' || i), run_no FROM _r ORDER BY i;
INSERT INTO core.report
SELECT i, i, report_id, article_id, 1, 'main', ['battle', 'shelling', 'air_strike', 'protest'][1 + h % 4], NULL,
       t::DATE - h % 5, t::DATE - h % 5, 'day', 'Wednesday', 'weekday', 3, 12, NULL,
       'Town ' || i % 3000, i % 3000, 'Province ' || h, ['SY', 'UA', 'NG', 'IQ', 'MX'][1 + h % 5], 30 + (i % 1000) / 100.0, 30 + (i % 777) / 100.0,
       'town', 'the town', 'exact', 5, 12, NULL, h, h, NULL, h * 2, h * 2, NULL, 0.9, '1', 'clashed', 0, 500, false, false, run_no
FROM _r ORDER BY i;
INSERT INTO core.claim
SELECT i, 'clm_' || left(md5('c' || i || k), 20), ['killed', 'injured', 'force_size'][k], h + k, NULL, 'at_least', 'fighters', NULL,
       'the monitor ' || h, ['monitor', 'official', 'party'][k], 'said',
       'At least ' || h || ' fighters were killed when they clashed near town ' || i % 3000 || ', the monitor said on Wednesday.',
       10 * k, 10 * k + 90, false, false, 'at_least', k
FROM _r, (SELECT unnest([1, 2, 3]) AS k) ORDER BY i, k;
INSERT INTO core.actor_mention SELECT i, 'act_' || h, 'Actor ' || h, 'initiator', 'the actor', 1, 9, 0 FROM _r ORDER BY i;
INSERT INTO core.assignment SELECT i, report_id, incident_id, i % 5 < 2, '{"probability_0_1": 0.9, "rule": "facts"}', run_no FROM _r ORDER BY i;
INSERT INTO core.memory
SELECT i, article_id, [t::DATE || '|' || i % 3000, 'name' || i % 200000], '{"day": "' || t::DATE || '", "words": "' || repeat(md5('w' || i), 8) || '"}', t, run_no
FROM _r ORDER BY i;
INSERT INTO core.memory_key SELECT (hash(i * 8 + k) // 2)::BIGINT, i FROM _r, (SELECT unnest(range(8)) AS k) ORDER BY i;
CREATE TEMP TABLE _v AS
SELECT incident_id, run_no, t, i, h, row_number() OVER (PARTITION BY incident_id ORDER BY i) AS n, min(t) OVER (PARTITION BY incident_id) AS first_t
FROM _r;
INSERT INTO core.incident_version
SELECT row_number() OVER (ORDER BY i), incident_id, t, ['battle', 'shelling', 'air_strike', 'protest'][1 + h % 4], NULL, first_t::DATE - h % 5,
       first_t::DATE - h % 5, 'day', 'Town ' || i % 3000, i % 3000, 'Province ' || h, ['SY', 'UA', 'NG', 'IQ', 'MX'][1 + h % 5],
       30 + (i % 1000) / 100.0, 30 + (i % 777) / 100.0, 'town', ['Actor ' || h, 'Actor ' || h + 1], h, h, NULL, h * 2, h * 2, NULL,
       n, n, n, 'developing', 'Headline of an incident near town ' || i % 3000, first_t, first_t, 0.8, NULL, run_no
FROM _v WHERE n <= 3 ORDER BY i;
INSERT INTO core.change
SELECT i, incident_id, CASE WHEN n = 1 THEN 'opened' ELSE 'attached' END, t, run_no, '{"was": null, "is": {"killed_best": ' || h || '}}' FROM _v ORDER BY i;
INSERT INTO core.term_count SELECT 'term' || range, 1 + range % 50, 1 FROM range(least(500000, $n_reports));
