SELECT count(*) FROM export_scope s WHERE s.is_chosen;
