-- The record as a chain, browsers that are known, and mail that is told or not wanted. Runs on H2 and on PostgreSQL.

-- Filled in once, a moment after the event, by the server that leads: place counts all events, seq those of one book,
-- which is an account's or, empty, the house's own. link and whole are SHA-256 over this event and the one before it in
-- its book and in all; signature is the server's, over the last link of a book in a round.
ALTER TABLE audit_event ADD COLUMN place BIGINT;
ALTER TABLE audit_event ADD COLUMN book VARCHAR(32);
ALTER TABLE audit_event ADD COLUMN seq BIGINT;
ALTER TABLE audit_event ADD COLUMN link BYTEA;
ALTER TABLE audit_event ADD COLUMN whole BYTEA;
ALTER TABLE audit_event ADD COLUMN signature BYTEA;
CREATE UNIQUE INDEX audit_by_place ON audit_event (place);
CREATE UNIQUE INDEX audit_by_book ON audit_event (book, seq);
DROP INDEX audit_by_account;

-- Where a sign-in came from, for its owner's list.
ALTER TABLE session ADD COLUMN address VARCHAR(45) NOT NULL DEFAULT '';

-- Browsers in which somebody signed in with the second factor, by the hash of their cookie.
CREATE TABLE known_device (
  token_hash BYTEA NOT NULL,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  device VARCHAR(120) NOT NULL,
  first_seen_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX known_device_by_account ON known_device (account_id);

-- Mail that somebody does not want, by its name.
CREATE TABLE notice_off (
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  notice VARCHAR(20) NOT NULL,
  PRIMARY KEY (account_id, notice)
);

-- Payments that were told of by mail, or would have been.
CREATE TABLE payment_told (
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  txid VARCHAR(64) NOT NULL,
  PRIMARY KEY (wallet_id, txid)
);
