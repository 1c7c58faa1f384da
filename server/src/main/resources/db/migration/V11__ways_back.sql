-- Mail that is to be sent, and ways back into an account. Runs on H2 and on PostgreSQL.

-- Written in the transaction that causes it, removed once it is sent. next_try_at is null where no mail is sent and the
-- page of the practice network shows it instead.
CREATE TABLE mail (
  mail_id VARCHAR(32) NOT NULL PRIMARY KEY,
  account_id VARCHAR(32),
  recipient VARCHAR(254) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  body BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  next_try_at BIGINT
);
CREATE INDEX mail_due ON mail (next_try_at);
CREATE INDEX mail_newest ON mail (created_at);

-- A link that sets a new password. It is void once the password is another one than proof_hash was made of.
CREATE TABLE account_link (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  proof_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  factor_given BOOLEAN NOT NULL
);
CREATE INDEX account_link_by_account ON account_link (account_id, created_at);

-- What keys of a wallet are asked to sign for an account, once.
CREATE TABLE key_question (
  challenge VARCHAR(64) NOT NULL PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  wallet_id VARCHAR(32) NOT NULL,
  purpose VARCHAR(20) NOT NULL,
  subject VARCHAR(254) NOT NULL,
  with_backup BOOLEAN NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX key_question_by_account ON key_question (account_id);

-- A second factor that is to take the place of a lost one; it waits while token_hash is null.
CREATE TABLE factor_reset (
  account_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES account (account_id),
  reset_id VARCHAR(32) NOT NULL UNIQUE,
  started_at BIGINT NOT NULL,
  ready_at BIGINT NOT NULL,
  next_mail_at BIGINT NOT NULL,
  token_hash BYTEA,
  expires_at BIGINT,
  totp_secret BYTEA NOT NULL
);

-- An e-mail address that is to take the place of an account's.
CREATE TABLE email_change (
  account_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES account (account_id),
  change_id VARCHAR(32) NOT NULL UNIQUE,
  email VARCHAR(254) NOT NULL,
  token_hash BYTEA NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL
);
