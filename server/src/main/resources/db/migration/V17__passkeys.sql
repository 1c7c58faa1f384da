-- Passkeys, what they are asked, and what they signed for sends. Runs on H2 and on PostgreSQL.

-- credential: the attested credential data of WebAuthn (AAGUID, credential id, COSE key); public_key: the same key as a
-- SubjectPublicKeyInfo, with its COSE algorithm. signs_in: whether it stands in for the password as well.
CREATE TABLE passkey (
  passkey_id VARCHAR(32) NOT NULL PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  credential_id BYTEA NOT NULL UNIQUE,
  credential BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  algorithm INTEGER NOT NULL,
  sign_count BIGINT NOT NULL,
  backup_eligible BOOLEAN NOT NULL,
  backed_up BOOLEAN NOT NULL,
  transports VARCHAR(100) NOT NULL,
  name VARCHAR(240) NOT NULL,
  signs_in BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);
CREATE INDEX passkey_by_account ON passkey (account_id);

-- What passkeys are asked to sign, each once: challenge is the SHA-256 of preimage. account_id is null while nobody
-- knows who signs in.
CREATE TABLE passkey_question (
  challenge BYTEA NOT NULL PRIMARY KEY,
  account_id VARCHAR(32),
  purpose VARCHAR(20) NOT NULL,
  preimage BYTEA NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_question_by_expiry ON passkey_question (expires_at);

-- That a passkey stood in for a code of the app: a code of ours, given once within minutes.
CREATE TABLE passkey_ticket (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_ticket_by_expiry ON passkey_ticket (expires_at);

-- On what a send was approved: enough for anybody to check it, also once the passkey is removed.
CREATE TABLE send_proof (
  send_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES send (send_id),
  digest BYTEA NOT NULL,
  preimage BYTEA NOT NULL,
  origin VARCHAR(300) NOT NULL,
  client_data BYTEA NOT NULL,
  authenticator_data BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  algorithm INTEGER NOT NULL
);
