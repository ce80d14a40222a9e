SELECT a.report_id, a.name, a.role
FROM pub.actor_mention a
JOIN pub.report r USING (report_id)
WHERE r.role = 'main'
ORDER BY a.report_id, a.role, a.name
