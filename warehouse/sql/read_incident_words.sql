-- What the reports of incidents call things: titles, actors in the record's and the articles' words, places as written.
-- A null list asks for all incidents.
WITH _wanted AS (SELECT unnest(from_json($incident_ids, '["VARCHAR"]')) AS incident_id),
_member AS (
    SELECT m.incident_id, m.article_no, m.report_no FROM state.member m
    WHERE $incident_ids IS NULL OR m.incident_id IN (SELECT w.incident_id FROM _wanted w)
),
_word AS (
    SELECT m.incident_id, 1 AS rank, a.title AS word FROM _member m JOIN core.article a USING (article_no)
    UNION
    SELECT m.incident_id, 2, unnest([a.name, a.quote]) FROM _member m JOIN core.actor_mention a USING (report_no)
    UNION
    SELECT m.incident_id, 3, unnest([r.place_name, r.place_text]) FROM _member m JOIN core.report r USING (report_no)
)
SELECT w.incident_id, list(w.word ORDER BY w.rank, w.word) FROM _word w WHERE w.word <> '' GROUP BY w.incident_id;
