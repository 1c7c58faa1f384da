-- What following by peer-to-peer and reading the past again need. Runs on H2 and on PostgreSQL.

-- Headers of the best chain, 80 bytes each, from a checkpoint on; they prove themselves.
CREATE TABLE peer_header (
  height INTEGER NOT NULL PRIMARY KEY,
  header BYTEA NOT NULL
);

CREATE INDEX chain_wallet_by_scanned ON chain_wallet (scanned_height);
