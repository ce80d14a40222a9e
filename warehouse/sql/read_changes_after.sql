FROM pub.changes_after($change_id::BIGINT) LIMIT $n;
