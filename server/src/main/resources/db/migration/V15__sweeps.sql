-- Signed transactions that bring coins of another key into a wallet. Runs on H2 and on PostgreSQL.

-- Handed to the network until the chain has them for good; next_try_at is null when nothing is left to do. What the
-- network refused before anybody had it is not kept.
CREATE TABLE sweep (
  sweep_id VARCHAR(32) NOT NULL PRIMARY KEY,
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  txid VARCHAR(64) NOT NULL,
  raw_tx BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  delivered BOOLEAN NOT NULL,
  tries INTEGER NOT NULL,
  next_try_at BIGINT,
  UNIQUE (wallet_id, txid)
);
CREATE INDEX sweep_due ON sweep (next_try_at);
