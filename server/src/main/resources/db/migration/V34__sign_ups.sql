-- Sign-ups that wait for the code of a letter. Which address it is stands here as a keyed digest alone; the code stands
-- nowhere: the key file makes it of the nonce. letters counts those of the day that began at since. Runs on H2 and on PostgreSQL.
CREATE TABLE sign_up (
  mailbox BYTEA NOT NULL PRIMARY KEY,
  nonce BYTEA NOT NULL,
  since BIGINT NOT NULL,
  letters INTEGER NOT NULL,
  last_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_up_since ON sign_up (since);

-- When somebody showed that mail to the account's address reaches them; null for never.
ALTER TABLE account ADD COLUMN email_confirmed_at BIGINT;
