-- The places of events in the chains, apart from the events: what is chained is written once more, and a moment later, and
-- a row that is written again writes all its indexes again and leaves what it was behind.
CREATE TABLE audit_link (
  place BIGINT PRIMARY KEY,
  event_id BIGINT NOT NULL,
  book VARCHAR(32) NOT NULL,
  seq BIGINT NOT NULL,
  link BYTEA NOT NULL,
  whole BYTEA,
  signature BYTEA
);
INSERT INTO audit_link (place, event_id, book, seq, link, whole, signature)
  SELECT place, event_id, book, seq, link, whole, signature FROM audit_event WHERE place IS NOT NULL;
CREATE UNIQUE INDEX audit_link_by_event ON audit_link (event_id);
CREATE UNIQUE INDEX audit_link_by_book ON audit_link (book, seq);
DROP INDEX audit_by_place;
DROP INDEX audit_by_book;
ALTER TABLE audit_event DROP COLUMN place;
ALTER TABLE audit_event DROP COLUMN book;
ALTER TABLE audit_event DROP COLUMN seq;
ALTER TABLE audit_event DROP COLUMN link;
ALTER TABLE audit_event DROP COLUMN whole;
ALTER TABLE audit_event DROP COLUMN signature;
