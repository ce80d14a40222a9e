-- The fold of state.member for any moment: reports of the newest coding of each article, in the incident they were in then.
CREATE MACRO lib.member_asof(ts) AS TABLE
WITH RECURSIVE _run AS (SELECT run_no FROM lib.run_at(ts)),
_coding AS (
    SELECT c.article_id, max(c.coding_no) AS coding_no FROM core.coding c SEMI JOIN _run USING (run_no) GROUP BY c.article_id
),
_article AS (
    SELECT a.article_id, max(a.article_no) AS article_no, arg_max(struct_pack(at := a.published_at), a.article_no)."at" AS published_at
    FROM core.article a SEMI JOIN _run USING (run_no) GROUP BY a.article_id
),
_assignment AS (
    SELECT a.report_id, arg_max(a.incident_id, a.assignment_no) AS incident_id
    FROM core.assignment a SEMI JOIN _run USING (run_no) GROUP BY a.report_id
),
_merge AS (SELECT m.gone_id, m.kept_id FROM core.incident_merge m SEMI JOIN _run USING (run_no)),
_hop AS (
    SELECT gone_id, kept_id, 1 AS n FROM _merge
    UNION ALL
    SELECT h.gone_id, m.kept_id, h.n + 1 FROM _hop h JOIN _merge m ON m.gone_id = h.kept_id
),
_final AS (SELECT gone_id, arg_max(kept_id, n) AS final_id FROM _hop GROUP BY gone_id)
SELECT r.report_no, r.report_id, coalesce(f.final_id, n.incident_id) AS incident_id, a.article_no, a.published_at
FROM _coding k
JOIN core.report r USING (coding_no)
JOIN _article a ON a.article_id = k.article_id
LEFT JOIN _assignment n ON n.report_id = r.report_id
LEFT JOIN _final f ON f.gone_id = n.incident_id;
COMMENT ON MACRO TABLE lib.member_asof IS 'Reports that counted at `ts`, each with the incident that it belonged to then.';

CREATE MACRO pub.claims_asof(ts) AS TABLE
SELECT
    c.claim_id, m.report_id, m.incident_id, c.measure, c.low, c.high, c.bound,
    c.victims, c.victims_side, c.speaker, c.speaker_side, c.quote, c.start_char, c.end_char, m.published_at,
    c.is_increment, c.is_part, c.verb, c.rule
FROM lib.member_asof(ts) m
JOIN core.claim c USING (report_no);
COMMENT ON MACRO TABLE pub.claims_asof IS
'What pub.claim said at the instant `ts`, and nothing learnt later. Columns: those of pub.claim.';
