-- What the followed chain means to the wallets, and the practice chain. Runs on H2 and on PostgreSQL.

-- The best chain as far as it was followed: tells where a reorganisation left it.
CREATE TABLE chain_block (
  height INTEGER NOT NULL PRIMARY KEY,
  hash VARCHAR(64) NOT NULL,
  block_time BIGINT NOT NULL
);

-- scanned_height: up to where its past was read; null once it is followed with all others.
CREATE TABLE chain_wallet (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY,
  network VARCHAR(10) NOT NULL,
  descriptor VARCHAR(4000) NOT NULL,
  roles VARCHAR(200) NOT NULL,
  birth_height INTEGER NOT NULL,
  scanned_height INTEGER
);

CREATE TABLE chain_script (
  wallet_id VARCHAR(32) NOT NULL REFERENCES chain_wallet (wallet_id),
  branch INTEGER NOT NULL,
  address_index INTEGER NOT NULL,
  script BYTEA NOT NULL,
  PRIMARY KEY (wallet_id, branch, address_index)
);

-- Transactions that concern a wallet. height is null in the mempool.
CREATE TABLE chain_tx (
  txid VARCHAR(64) NOT NULL PRIMARY KEY,
  raw_tx BYTEA NOT NULL,
  height INTEGER,
  place INTEGER NOT NULL,
  is_coinbase BOOLEAN NOT NULL,
  inputs INTEGER NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX chain_tx_by_height ON chain_tx (height);

-- Outputs that pay a wallet.
CREATE TABLE chain_coin (
  txid VARCHAR(64) NOT NULL REFERENCES chain_tx (txid),
  vout INTEGER NOT NULL,
  wallet_id VARCHAR(32) NOT NULL REFERENCES chain_wallet (wallet_id),
  branch INTEGER NOT NULL,
  address_index INTEGER NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (txid, vout)
);
CREATE INDEX chain_coin_by_address ON chain_coin (wallet_id, branch, address_index);

-- Inputs that spend them. Rivals in the mempool may name the same coin.
CREATE TABLE chain_spend (
  txid VARCHAR(64) NOT NULL,
  vout INTEGER NOT NULL,
  spender VARCHAR(64) NOT NULL REFERENCES chain_tx (txid),
  wallet_id VARCHAR(32) NOT NULL REFERENCES chain_wallet (wallet_id),
  amount BIGINT NOT NULL,
  PRIMARY KEY (txid, vout, spender)
);
CREATE INDEX chain_spend_by_spender ON chain_spend (spender);
CREATE INDEX chain_spend_by_wallet ON chain_spend (wallet_id);

CREATE TABLE practice_block (
  height INTEGER NOT NULL PRIMARY KEY,
  raw_block BYTEA NOT NULL
);

CREATE TABLE practice_tx (
  place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  txid VARCHAR(64) NOT NULL UNIQUE,
  raw_tx BYTEA NOT NULL
);
