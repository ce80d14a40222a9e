-- A press of $n_reports reports, then $n_new more that have not been read yet: facts by hash, the same each time.
-- Common words by the shares of articles that hold them, the others and the towns by Zipf's law; 2.5 reports an
-- incident, within two days; $n_a_day reports a day, so that a larger record is a longer past at one rate.
CREATE TEMP MACRO u(a, salt) AS (hash(a * 1000003 + salt) % 1000000007) / 1000000007.0;
CREATE TEMP MACRO zipf(a, salt, n) AS floor(exp(u(a, salt) * ln(n)))::BIGINT;
CREATE TEMP MACRO letters(n) AS translate(n::VARCHAR, '0123456789', 'abcdefghij');
CREATE TEMP MACRO rare_word(n) AS 'w' || printf('%x', n) || 'q';

CREATE TEMP TABLE _incident AS
WITH _j AS (SELECT range AS j FROM range(($n_reports + $n_new) * 2 // 5 + 400))
SELECT j, (736000 + (j * 5 // 2) // $n_a_day)::INTEGER AS day, zipf(j, 1, 20000) AS town, (j * 31 % 7)::INTEGER AS kind,
       least(60, floor(-ln(1 - u(j, 2)) * 1.5))::INTEGER AS killed, least(200, floor(-ln(1 - u(j, 3)) * 3))::INTEGER AS injured,
       'n' || letters(zipf(j, 4, 3000)) || 'o k' || letters((u(j, 5) * 400000)::BIGINT) || 'o' AS person, 4 + (u(j, 6) * 80)::INTEGER AS age,
       list_transform(range(10), k -> rare_word(CASE WHEN k < 3 THEN 300000 + (u(j, 10 + k) * 4000000)::BIGINT ELSE zipf(j, 10 + k, 200000) END)) AS words
FROM _j;

CREATE TEMP TABLE _report AS
WITH _i AS (SELECT range AS i, range * 2 // 5 + (hash(range) % 400)::BIGINT AS j FROM range($n_reports + $n_new))
SELECT i, j, 'art_' || left(md5('a' || i), 20) AS article_id, 'rep_' || left(md5('r' || i), 20) AS report_id, 'inc_' || left(md5('i' || j), 20) AS incident_id,
       (736000 + i // $n_a_day)::INTEGER AS published, (day - (u(i, 1) < 0.15)::INTEGER)::INTEGER AS start,
       CASE WHEN u(i, 2) < 0.1 THEN zipf(i, 3, 20000) ELSE town END AS town, kind, person, age,
       CASE WHEN u(i, 4) < 0.2 THEN killed + 1 ELSE killed END AS killed, injured, i % 90 AS outlet,
       CASE WHEN u(i, 5) < 0.1 THEN -j ELSE i END AS writing, -- one in ten copies a writing of its incident
       list_transform(range(72), k -> CASE
           WHEN k % 3 = 0 AND k < 30 THEN words[1 + k // 3]
           WHEN k % 3 = 2 THEN rare_word(zipf(i, 70 + k, 200000))
           ELSE getvariable('common')[1 + (hash(i * 100 + k) % len(getvariable('common')))::BIGINT] END) AS words
FROM _i JOIN _incident USING (j) ORDER BY i;
ALTER TABLE _report ADD COLUMN lat DOUBLE;
ALTER TABLE _report ADD COLUMN lon DOUBLE;
UPDATE _report SET lat = -60 + (town * 7919 % 24000) / 200.0, lon = -180 + (town * 104729 % 72000) / 200.0;
