SELECT column_name, data_type FROM duckdb_columns()
WHERE schema_name = $schema AND table_name = $table AND database_name = current_database()
ORDER BY column_index;
