-- What bench/warehouse.sql leaves out and the site shows: feeds and how they fare, reasons as long as the resolver's,
-- titles and places that differ, doubts.
UPDATE core.assignment SET explanation = '{"probability_0_1": 0.93, "rule": "the facts agree", "vetoes": [], "features": [' ||
    array_to_string(list_transform(range(12), lambda i: '{"name": "feature_' || i || '", "value": 0.' || (assignment_no + i) % 97 ||
    ', "weight": 1.44, "words": "words of the text, part ' || i || ': 0.' || (assignment_no + i) % 97 || ', adds +' || i || '.44"}'), ', ') || ']}';
UPDATE core.article SET title = ['Gunmen', 'Soldiers', 'Protesters', 'Rebels', 'Police', 'Shells', 'A car bomb', 'Warplanes'][1 + (hash(article_no) % 8)::BIGINT]
    || [' strike', ' attack', ' storm', ' hit', ' block', ' burn'][1 + (hash(article_no * 3) % 6)::BIGINT] || [' a market', ' a village', ' a convoy', ' a bridge', ' a camp'][1 + (hash(article_no * 7) % 5)::BIGINT]
    || ' near town ' || article_no % 3000 || ', at least ' || article_no % 40 || ' killed';
UPDATE core.incident_version SET
    headline = ['Gunmen', 'Soldiers', 'Protesters', 'Rebels'][1 + (hash(incident_id) % 4)::BIGINT] || ' strike a market near ' || place_name || ', ' || coalesce(killed_best, 0) || ' killed',
    lat = -35 + hash(incident_id) % 900 / 10.0, lon = -120 + hash(incident_id || 'x') % 2600 / 10.0;
UPDATE core.change SET detail = CASE kind
    WHEN 'opened' THEN '{"is": {"event_type": "battle", "killed": {"low": 3, "best": ' || change_id % 40 || ', "high": 60}}, "rule": "opened: no incident is like it", "why": []}'
    ELSE '{"probability_0_1": 0.93, "rule": "the facts agree", "why": ["words of the text: 0.25, adds +3.95", "titles: 0.48, adds +2.25", "the same town: 1.00, adds +1.44"]}' END;
INSERT INTO core.feed SELECT 'feed' || range, 'https://outlet' || range || '.example/rss', 'Outlet ' || range, 'en', 'UTC', NULL, 'outlet', 1 FROM range(40);
INSERT INTO core.fetch (fetch_id, url, final_url, feed_id, started_at, duration_ms, outcome, http_status, n_bytes, body_sha256, etag, last_modified,
    validator_body_sha256, error, n_entries, n_new_entries, next_poll_at, next_poll_reason, run_no)
SELECT 'fet' || f.range || '-' || r.run_no, 'https://outlet' || f.range || '.example/rss', 'https://outlet' || f.range || '.example/rss', 'feed' || f.range, r.now, 100,
       CASE WHEN f.range < 3 AND r.run_no > 1820 THEN 'timeout' ELSE 'ok' END, 200, 10, NULL, NULL, NULL, NULL,
       CASE WHEN f.range < 3 AND r.run_no > 1820 THEN 'no answer' END, 1, CASE WHEN f.range = 5 AND r.run_no > 1700 THEN 0 ELSE 1 END, r.now + INTERVAL 1 HOUR, 'hourly', r.run_no
FROM range(40) f, core.run r WHERE r.run_no > 1600;
INSERT INTO core.unsure_pair
SELECT a.report_id, a.incident_id, b.incident_id, a.explanation, a.run_no
FROM core.assignment a JOIN core.assignment b ON b.assignment_no = a.assignment_no + 57
WHERE a.assignment_no % 150 = 0 AND a.incident_id <> b.incident_id;
