-- What the record and its fold hold of the reports before $n_reports: the payload, keys and counts that `resolution` makes.
INSERT INTO core.run SELECT 1, 'bench', 'monitor', t, t, t, 'bench', $n_reports, 1 FROM (SELECT '2016-02-05'::TIMESTAMPTZ AS t);
INSERT INTO core.run_complete SELECT 1, '2016-02-05'::TIMESTAMPTZ, '{}', NULL, NULL;
INSERT INTO state.article SELECT article_id, i + 1, i + 1, article_id FROM _report WHERE i < $n_reports ORDER BY i;
INSERT INTO state.member
SELECT i + 1, report_id, i + 1, i + 1, incident_id, '0001-01-01'::TIMESTAMPTZ + to_days(published - 1) FROM _report WHERE i < $n_reports ORDER BY i;

-- Words that are keys: of the lead those in at most 0.5 % of the reports, of the text those in at most four.
CREATE TEMP MACRO rank(word) AS CASE WHEN word LIKE 'w%q' THEN TRY_CAST('0x' || word[2:-2] AS BIGINT) ELSE 0 END;
CREATE TEMP TABLE _kept AS
WITH _r AS (
    SELECT *, floor(lat / 0.5)::INTEGER || ':' || floor(lon / 0.5)::INTEGER % 720 AS cell,
           list_filter(words[:22], w -> rank(w) >= 400) AS rare
    FROM _report WHERE i < $n_reports
)
SELECT * EXCLUDE (cell, rare), list_concat(
    ['c:' || start || ':' || cell, 'r:' || start || ':C' || town % 150 || ':A' || town % 3000, 'p:' || published // 7 || ':' || cell,
     'n:' || person, 'g:' || published // 3 || ':' || age],
    list_transform(rare[:12], w -> 't:' || w || ':' || published // 30),
    list_transform(list_filter(words, w -> rank(w) >= greatest(5000, $n_reports // 2))[:4], w -> 'n:' || w)) AS keys
FROM _r;
INSERT INTO core.memory
WITH _r AS (
    SELECT *, 'outlet' || outlet || '.example/' || i AS address, array_to_string(words[:8], ' ') AS title,
           to_base64(unhex(array_to_string(list_transform(range(16), k -> md5(writing || ':' || k)), ''))) AS signature,
           array_to_string(list_transform(words[:22], (w, n) -> '"' || w || '":' || 99 - n), ',') AS lead,
           array_to_string(list_transform(words, (w, n) -> '"' || w || '":' || 99 - n), ',') AS body
    FROM _kept
)
SELECT i + 1, article_id, keys,
       format('{{"report_id":"{}","article_id":"{}","revision":1,"is_main":true,"outlet":"Outlet {}","address":"{}","published":{},"title":"{}","names":["{}"],'
              '"ages":[{}],"start":{},"end":{},"date_precision":"day","lat":{},"lon":{},"place_precision":"town","geoname_id":{},"admin1":"A{}","country":"C{}",',
              report_id, article_id, outlet, address, published, title, person, age, start, start, lat, lon, town, town % 3000, town % 150)
       || format('"event_type":"{}","killed":[{},{},{}],"injured":[{},{},{}],"signature":"{}","n_words":300,"persons":{{"{}":{}}},"lead":{{{}}},"body":{{{}}}}}',
              getvariable('kinds')[kind + 1], killed, killed, killed, injured, injured, injured, signature, person, age, lead, body),
       '0001-01-01'::TIMESTAMPTZ + to_days(published - 1), 1
FROM _r;
-- addresses and bands of signatures are asked for by copies only, and nothing new is a copy: numbers by chance
INSERT INTO core.memory_key
SELECT unnest(list_transform(range(9), k -> (hash(i * 16 + k) // 2)::BIGINT)), i + 1 FROM _kept;

INSERT INTO state.term
SELECT word, count(*), true FROM (SELECT unnest(words) AS word FROM _kept) GROUP BY word;
