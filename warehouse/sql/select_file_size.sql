SELECT total_blocks * block_size, free_blocks * block_size FROM pragma_database_size() WHERE database_name = 'warehouse';
