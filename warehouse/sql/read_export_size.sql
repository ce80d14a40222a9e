SELECT coalesce(max(s.scope_no), 0) FROM export_scope s;
