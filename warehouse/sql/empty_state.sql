-- Only the fold is emptied; the record in `core` is never touched.
DELETE FROM state.article;
DELETE FROM state.member;
DELETE FROM state.incident;
DELETE FROM state.term;
DELETE FROM state.redirect;
DELETE FROM state.feed;
