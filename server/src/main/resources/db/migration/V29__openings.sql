-- Other ways into a wallet's envelope, each by one of its owner's passkeys and a PIN: what the passkey's PRF is asked for, and
-- what the passcode stretches to, wrapped. They go with the passkey; a new envelope ends them all. Runs on H2 and on PostgreSQL.
CREATE TABLE opening (
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id) ON DELETE CASCADE,
  passkey_id VARCHAR(32) NOT NULL REFERENCES passkey (passkey_id) ON DELETE CASCADE,
  salt BYTEA NOT NULL,
  wrapped VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (wallet_id, passkey_id)
);
CREATE INDEX opening_by_passkey ON opening (passkey_id);
