-- What recurs at the beginning or the end of the titles of one outlet, among its newest $n titles of all: an end in three
-- titles and a tenth of them, a beginning in three and a third of them, since "Syria:" before a few titles is a subject.
WITH _title AS (SELECT DISTINCT a.outlet, a.title FROM (FROM core.article ORDER BY article_no DESC LIMIT $n::BIGINT) a),
_part AS (
    SELECT t.outlet, t.title, count(*) OVER (PARTITION BY t.outlet) AS n_titles,
           trim(regexp_extract(t.title, '^([^|–—:]{2,40}?)\s*(?:\||:|\s[–—-])\s+', 1)) AS head,
           trim(regexp_extract(t.title, '\s+(?:\||–|—|·|»|-|::)\s+([^|–—·»]{2,60})$', 1)) AS tail
    FROM _title t
)
SELECT 'head' AS side, p.head AS affix FROM _part p WHERE p.head <> ''
GROUP BY p.outlet, p.head HAVING count(*) >= 3 AND count(*) >= any_value(p.n_titles) / 3
UNION
SELECT 'tail', p.tail FROM _part p WHERE p.tail <> ''
GROUP BY p.outlet, p.tail HAVING count(*) >= 3 AND count(*) >= any_value(p.n_titles) / 10
UNION
SELECT 'outlet', t.outlet FROM _title t;
