DELETE FROM state.member WHERE coding_no IN (SELECT unnest($coding_nos::BIGINT[]));
