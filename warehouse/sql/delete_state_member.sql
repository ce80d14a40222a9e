DELETE FROM state.member WHERE coding_no IN (SELECT unnest(from_json($coding_nos, '["BIGINT"]')));
