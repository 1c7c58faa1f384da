-- Accounts, wallets and sends. Runs on H2 and on PostgreSQL.
-- Times are epoch seconds unless the name ends in _ms. What each column may hold stands in
-- db/columns.properties.

CREATE TABLE server_fact (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  fact VARCHAR(200) NOT NULL
);

CREATE TABLE account (
  account_id VARCHAR(32) NOT NULL PRIMARY KEY,
  email VARCHAR(254) NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  salt VARCHAR(24) NOT NULL,
  kdf_memory_kib INTEGER NOT NULL,
  kdf_iterations INTEGER NOT NULL,
  kdf_parallelism INTEGER NOT NULL,
  proof_salt BYTEA NOT NULL,
  proof_hash BYTEA NOT NULL
);

CREATE TABLE session (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  session_id VARCHAR(32) NOT NULL UNIQUE,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  is_full BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  device VARCHAR(120) NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE second_factor (
  account_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES account (account_id),
  totp_secret BYTEA NOT NULL,
  confirmed BOOLEAN NOT NULL,
  last_step BIGINT NOT NULL,
  last_digest BYTEA,
  tries INTEGER NOT NULL,
  tries_since BIGINT NOT NULL
);

CREATE TABLE recovery_code (
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  code_hash BYTEA NOT NULL,
  used_at BIGINT,
  used_digest BYTEA,
  PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE rate_bucket (
  bucket VARCHAR(200) NOT NULL PRIMARY KEY,
  full_at_ms BIGINT NOT NULL
);

CREATE TABLE wallet (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  request_id VARCHAR(64) NOT NULL,
  name VARCHAR(120) NOT NULL,
  network VARCHAR(10) NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT wallet_state
    CHECK (state IN ('DRAFT', 'UNCHECKED', 'ACTIVE')),
  server_key VARCHAR(250) NOT NULL,
  birth_height INTEGER NOT NULL,
  birth_time BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  descriptor VARCHAR(4000),
  endorsement VARCHAR(88),
  sealed_user_key VARCHAR(4000),
  backup_is_cold BOOLEAN NOT NULL,
  handed_out INTEGER NOT NULL,
  activated_at BIGINT,
  CONSTRAINT wallet_request UNIQUE (account_id, request_id),
  CONSTRAINT wallet_keys CHECK (state = 'DRAFT' OR
    (descriptor IS NOT NULL AND endorsement IS NOT NULL AND sealed_user_key IS NOT NULL))
);

CREATE TABLE server_seed (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY,
  seed BYTEA NOT NULL
);

CREATE TABLE send (
  send_id VARCHAR(32) NOT NULL PRIMARY KEY,
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  request_id VARCHAR(64) NOT NULL,
  request_hash BYTEA NOT NULL,
  state VARCHAR(12) NOT NULL CONSTRAINT send_state CHECK (state IN ('NEEDS_FACTOR', 'APPROVED',
    'SIGNED', 'BROADCAST', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'REPLACED', 'REJECTED')),
  psbt BYTEA NOT NULL,
  digest BYTEA NOT NULL,
  digest_words VARCHAR(80) NOT NULL,
  txid VARCHAR(64) NOT NULL,
  recipients TEXT NOT NULL,
  everything BOOLEAN NOT NULL,
  fee_rate BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  change_amount BIGINT,
  note VARCHAR(1000) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  approved_at BIGINT,
  raw_tx BYTEA,
  tries INTEGER NOT NULL,
  next_try_at BIGINT,
  reason VARCHAR(200),
  CONSTRAINT send_request UNIQUE (wallet_id, request_id),
  CONSTRAINT send_signed CHECK (state NOT IN ('SIGNED', 'BROADCAST', 'CONFIRMED')
    OR raw_tx IS NOT NULL)
);
CREATE INDEX send_by_state ON send (state, next_try_at);

-- One row per coin that a live send holds: the primary key is what keeps two sends apart.
CREATE TABLE reservation (
  txid VARCHAR(64) NOT NULL,
  vout INTEGER NOT NULL,
  wallet_id VARCHAR(32) NOT NULL,
  send_id VARCHAR(32) NOT NULL REFERENCES send (send_id),
  PRIMARY KEY (txid, vout)
);
CREATE INDEX reservation_by_wallet ON reservation (wallet_id);
CREATE INDEX reservation_by_send ON reservation (send_id);

-- The r of every signature seen, so that none comes twice over different messages.
CREATE TABLE signature_nonce (
  r BYTEA NOT NULL PRIMARY KEY,
  message BYTEA NOT NULL
);

CREATE TABLE audit_event (
  event_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at BIGINT NOT NULL,
  kind VARCHAR(40) NOT NULL,
  account_id VARCHAR(32),
  subject VARCHAR(64),
  detail VARCHAR(200)
);
CREATE INDEX audit_by_account ON audit_event (account_id, event_id);
