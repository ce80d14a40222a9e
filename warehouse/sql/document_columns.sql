SELECT table_name, column_name, data_type, comment
FROM duckdb_columns() WHERE schema_name = 'pub'
ORDER BY table_name, column_index;
