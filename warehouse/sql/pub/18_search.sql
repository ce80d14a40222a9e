-- Ranked by Okapi BM25 with the usual k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, 2009); a headline's score is doubled.
-- A scan, not an index: an index of every word would add a tenth to the file and to each append for a question that few
-- ask. A word is found where a word of the text begins with it, so that "kill" finds "killed".
CREATE MACRO lib.plain(txt) AS ' ' || regexp_replace(lower(strip_accents(txt)), '[^\p{L}\p{N}]+', ' ', 'g');
COMMENT ON MACRO lib.plain IS 'A text in lower case without accents, a blank before each word and no punctuation.';

CREATE MACRO pub.search(words, lat := NULL, lon := NULL, km := 25) AS TABLE
WITH _word AS (SELECT DISTINCT word FROM (SELECT unnest(string_split(trim(lib.plain(words)), ' ')) AS word) WHERE word <> ''),
_text AS (
    SELECT m.incident_id, m.report_id, a.title AS "text", 2.0 AS weight
    FROM state.member m JOIN core.article a USING (article_no)
    UNION ALL
    SELECT m.incident_id, m.report_id, c.quote, 1.0 FROM state.member m JOIN core.claim c USING (report_no)
),
_near AS (SELECT n.incident_id FROM pub.incidents_near(lat, lon, km) n),
_hit AS (
    SELECT t.incident_id, t.report_id, t."text", t.weight, w.word, lib.plain(t."text") AS plain
    FROM _text t JOIN _word w ON contains(lower(strip_accents(t."text")), w.word)
),
_counted AS (
    SELECT DISTINCT h.*, (length(h.plain) - length(replace(h.plain, ' ' || h.word, ''))) / (1.0 + length(h.word)) AS n_times,
           length(h.plain) AS n_chars
    FROM _hit h WHERE contains(h.plain, ' ' || h.word)
),
_known AS (
    SELECT c.word, ln(1 + ((SELECT count(*) FROM core.claim) + (SELECT count(*) FROM state.member) - count(*) + 0.5) / (count(*) + 0.5)) AS idf
    FROM _counted c GROUP BY c.word
),
_scored AS (
    SELECT c.incident_id, c.report_id, c."text",
           max(c.weight) * sum(k.idf * c.n_times * 2.2 / (c.n_times + 1.2 * (0.25 + 0.75 * c.n_chars / (SELECT avg(n_chars) FROM _counted)))) AS score
    FROM _counted c JOIN _known k USING (word)
    WHERE lat IS NULL OR c.incident_id IN (SELECT n.incident_id FROM _near n)
    GROUP BY c.incident_id, c.report_id, c."text"
    HAVING count(DISTINCT c.word) = (SELECT count(*) FROM _word)
)
SELECT s.incident_id, s.report_id, s."text", round(s.score, 3) AS relevance
FROM _scored s
ORDER BY relevance DESC, s.incident_id, s.report_id, s."text";
COMMENT ON MACRO TABLE pub.search IS
'Headlines and quotes that hold all of `words` (parted by blanks; case, accents and punctuation do not matter, a word is found by its beginning), the most telling first; `lat`, `lon` and `km` (25 unless given) narrow it to incidents near a point. Columns: incident_id, report_id, text, relevance (BM25; doubled in headlines).';
