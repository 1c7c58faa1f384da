-- People beside the owner of a wallet. Runs on H2 and on PostgreSQL.

-- seal: a keyed hash over the row, under the key file; a row without it counts for nothing.
CREATE TABLE member (
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  role VARCHAR(20) NOT NULL,
  joined_at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (wallet_id, account_id)
);
CREATE INDEX member_by_account ON member (account_id);

-- Who was asked to become one: removed by the use of its link, which is good once, or by whoever cancels it.
CREATE TABLE invitation (
  invitation_id VARCHAR(32) NOT NULL PRIMARY KEY,
  wallet_id VARCHAR(32) NOT NULL REFERENCES wallet (wallet_id),
  email VARCHAR(254) NOT NULL,
  role VARCHAR(20) NOT NULL,
  token_hash BYTEA NOT NULL UNIQUE,
  invited_by VARCHAR(32) NOT NULL REFERENCES account (account_id),
  expires_at BIGINT NOT NULL
);
CREATE INDEX invitation_by_wallet ON invitation (wallet_id);

-- What members said of a send that waits for them, each once; digest: of what they saw. seal: as that of a member.
CREATE TABLE send_vote (
  send_id VARCHAR(32) NOT NULL REFERENCES send (send_id),
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  yes BOOLEAN NOT NULL,
  digest BYTEA NOT NULL,
  voted_at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (send_id, account_id)
);

-- On what a member said yes: as send_proof, for one member of several.
CREATE TABLE vote_proof (
  send_id VARCHAR(32) NOT NULL REFERENCES send (send_id),
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  digest BYTEA NOT NULL,
  preimage BYTEA NOT NULL,
  origin VARCHAR(300) NOT NULL,
  client_data BYTEA NOT NULL,
  authenticator_data BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  algorithm INTEGER NOT NULL,
  PRIMARY KEY (send_id, account_id)
);

-- Who began a send.
ALTER TABLE send ADD COLUMN begun_by VARCHAR(32);
UPDATE send SET begun_by = (SELECT w.account_id FROM wallet w WHERE w.wallet_id = send.wallet_id);
ALTER TABLE send ALTER COLUMN begun_by SET NOT NULL;
