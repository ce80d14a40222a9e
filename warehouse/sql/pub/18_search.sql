-- Ranked by Okapi BM25 with the usual k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, 2009); a headline's score is doubled.
-- A scan, not an index: an index of every word would add a tenth to the file and to each append for a question that few
-- ask. A word is found where a word of the text begins with it, so that "kill" finds "killed". What costs is to take
-- punctuation out (2 µs a text; a look for a word takes a tenth), so only texts that hold all words come to that, no more
-- than n_ranked of them, and how rare a word is is told from some 40,000 texts, of a smaller warehouse from all.
CREATE MACRO lib.folded(txt) AS lower(strip_accents(txt));
COMMENT ON MACRO lib.folded IS 'A text in lower case without accents.';
CREATE MACRO lib.plain(txt) AS ' ' || regexp_replace(lib.folded(txt), '[^\p{L}\p{N}]+', ' ', 'g');
COMMENT ON MACRO lib.plain IS 'A text in lower case without accents, a blank before each word and no punctuation.';
CREATE MACRO lib.may_hold(txt, words, longest) AS
    contains(lib.folded(txt), longest) AND len(list_filter(words, lambda w: contains(lib.folded(txt), w))) = len(words);
COMMENT ON MACRO lib.may_hold IS 'Whether a text has all words in it, be it within other words; the longest is looked for first.';

CREATE MACRO pub.search(words, lat := NULL, lon := NULL, km := 25, n_ranked := 20000) AS TABLE
WITH _word AS (SELECT DISTINCT word FROM (SELECT unnest(string_split(trim(lib.plain(words)), ' ')) AS word) WHERE word <> ''),
_asked AS (SELECT list(w.word) AS words, arg_max(w.word, length(w.word)) AS longest FROM _word w),
_near AS (
    SELECT m.report_no FROM state.member m
    WHERE lat IS NOT NULL AND m.incident_id IN (SELECT n.incident_id FROM pub.incidents_near(lat, lon, km) n)
),
_likely AS (
    SELECT m.report_no, m.incident_id, m.report_id, a.title AS "text", 2.0 AS weight
    FROM core.article a CROSS JOIN _asked q JOIN state.member m USING (article_no)
    WHERE lib.may_hold(a.title, q.words, q.longest) AND (lat IS NULL OR m.report_no IN (SELECT n.report_no FROM _near n))
    UNION ALL
    SELECT m.report_no, m.incident_id, m.report_id, c.quote, 1.0
    FROM core.claim c CROSS JOIN _asked q JOIN state.member m USING (report_no)
    WHERE lib.may_hold(c.quote, q.words, q.longest) AND (lat IS NULL OR m.report_no IN (SELECT n.report_no FROM _near n))
    ORDER BY report_no DESC, weight DESC, "text"
    LIMIT n_ranked
),
_plain AS (SELECT DISTINCT l.incident_id, l.report_id, l."text", l.weight, lib.plain(l."text") AS plain FROM _likely l),
_counted AS (
    SELECT p.*, w.word, (length(p.plain) - length(replace(p.plain, ' ' || w.word, ''))) / (1.0 + length(w.word)) AS n_times,
           length(p.plain) AS n_chars
    FROM _plain p JOIN _word w ON contains(p.plain, ' ' || w.word)
),
_step AS (SELECT greatest(1, (SELECT count(*) FROM core.claim) // 30000) AS n),
_sample AS (
    SELECT lib.plain(c.quote) AS plain FROM core.claim c CROSS JOIN _step s WHERE c.report_no % s.n = 0
    UNION ALL
    SELECT lib.plain(a.title) FROM core.article a CROSS JOIN _step s WHERE a.article_no % s.n = 0
),
_known AS (
    SELECT w.word, ln(1 + (any_value(t.n) - count(s.plain) + 0.5) / (count(s.plain) + 0.5)) AS idf
    FROM _word w CROSS JOIN (SELECT count(*) AS n FROM _sample) t
    LEFT JOIN _sample s ON contains(s.plain, ' ' || w.word)
    GROUP BY w.word
),
_scored AS (
    SELECT c.incident_id, c.report_id, c."text",
           max(c.weight) * sum(k.idf * c.n_times * 2.2 / (c.n_times + 1.2 * (0.25 + 0.75 * c.n_chars / (SELECT avg(n_chars) FROM _counted)))) AS score
    FROM _counted c JOIN _known k USING (word)
    GROUP BY c.incident_id, c.report_id, c."text"
    HAVING count(DISTINCT c.word) = (SELECT count(*) FROM _word)
)
SELECT s.incident_id, s.report_id, s."text", round(s.score, 3) AS relevance
FROM _scored s
ORDER BY relevance DESC, s.incident_id, s.report_id, s."text";
COMMENT ON MACRO TABLE pub.search IS
'Headlines and quotes that hold all of `words` (parted by blanks; case, accents and punctuation do not matter, a word is found by its beginning), the most telling first; `lat`, `lon` and `km` (25 unless given) narrow it to incidents near a point. Of very many only those of the newest reports, `n_ranked` texts, are ranked and told. Columns: incident_id, report_id, text, relevance (BM25; doubled in headlines).';
