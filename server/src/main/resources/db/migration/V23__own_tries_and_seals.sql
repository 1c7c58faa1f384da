-- Codes given in a browser that is known to the account, or by somebody signed in, are counted apart: whoever has only the
-- password cannot use up the owner's tries. Runs on H2 and on PostgreSQL.
ALTER TABLE second_factor ADD COLUMN own_tries INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE second_factor ADD COLUMN own_tries_since BIGINT DEFAULT 0 NOT NULL;

-- HMACs under the key file, over what the second factor was given for and over what a passkey is: whoever writes into the
-- database alone can neither say of a send that it was confirmed nor put in a passkey of his own. What is there without one
-- is confirmed again, and added again.
ALTER TABLE send ADD COLUMN seal BYTEA;
ALTER TABLE passkey ADD COLUMN seal BYTEA;
