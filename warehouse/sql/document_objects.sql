SELECT 'view' AS kind, view_name AS name, comment, NULL AS parameters
FROM duckdb_views() WHERE schema_name = 'pub' AND NOT internal
UNION ALL
SELECT 'macro', function_name, comment,
       list_transform(parameters, lambda p: p) AS parameters
FROM duckdb_functions() WHERE schema_name = 'pub' AND function_type = 'table_macro'
ORDER BY kind DESC, name;
