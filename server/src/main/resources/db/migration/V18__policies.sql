-- Rules that owners of wallets signed, and what follows from them. Runs on H2 and on PostgreSQL.

-- Every version of a wallet's rules, each over the hash of the one before it. cancelled_at: somebody cancelled it while
-- it waited for its time.
CREATE TABLE policy_document (
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  version INTEGER NOT NULL,
  previous VARCHAR(64) NOT NULL,
  not_before BIGINT NOT NULL,
  rules VARCHAR(12000) NOT NULL,
  signature VARCHAR(88) NOT NULL,
  signed_at BIGINT NOT NULL,
  cancelled_at BIGINT,
  PRIMARY KEY (wallet_id, version)
);

-- The newest version and its hash, and whether everything is stopped; seal: a keyed hash over all of it and over what
-- was cancelled, under the key file.
CREATE TABLE policy_head (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES wallet (wallet_id),
  version INTEGER NOT NULL,
  head VARCHAR(64) NOT NULL,
  frozen_at BIGINT,
  thaw_at BIGINT,
  seal BYTEA NOT NULL
);

-- Under which version a send was approved.
ALTER TABLE send ADD COLUMN policy_version INTEGER NOT NULL DEFAULT 0;

-- A send whose second factor was given and that waits; its coins are reserved.
ALTER TABLE send DROP CONSTRAINT send_state;
ALTER TABLE send ADD CONSTRAINT send_state CHECK (state IN ('NEEDS_FACTOR', 'HELD', 'APPROVED',
  'SIGNED', 'BROADCAST', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'REPLACED', 'REJECTED'));
CREATE TABLE send_hold (
  send_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES send (send_id),
  held_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
