-- What following by peer-to-peer and reading the past again need. Runs on H2 and on PostgreSQL.

-- Headers of the best chain, 80 bytes each, from a checkpoint on; they prove themselves.
CREATE TABLE peer_header (
  height INTEGER NOT NULL PRIMARY KEY,
  header BYTEA NOT NULL
);

-- Blocks that are read again for one wallet, from a height or from a time on; the row goes when all
-- are. from_height is null until the block of from_time is found, next_height until the first read.
CREATE TABLE chain_rescan (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES chain_wallet (wallet_id),
  from_height INTEGER,
  from_time BIGINT,
  next_height INTEGER
);

CREATE INDEX chain_wallet_by_scanned ON chain_wallet (scanned_height);
