SELECT name FROM (
    SELECT unnest(i.actors) AS name FROM pub.incident i WHERE i.status <> 'merged'
)
GROUP BY name ORDER BY count(*) DESC, name LIMIT $n;
