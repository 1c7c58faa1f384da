-- A second passcode for each wallet, and what is kept while somebody is forced. Runs on H2 and on PostgreSQL.

-- What stands beside the sealed user key, whether a second passcode is set or not: 92 bytes that it opens, or random
-- ones; and the public keys of what marks a send as the first passcode's or the second's, or a random one. All in
-- base64; null in wallets from before.
ALTER TABLE wallet ADD COLUMN second_slot VARCHAR(124);
ALTER TABLE wallet ADD COLUMN first_mark VARCHAR(44);
ALTER TABLE wallet ADD COLUMN second_mark VARCHAR(44);

-- Whether a send that the user key signed was signed under the second passcode: one row for each, either way.
CREATE TABLE send_mark (
  send_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES send (send_id),
  quiet BOOLEAN NOT NULL
);

-- Since when somebody uses the second passcode of a wallet; over_at: when the first one was typed after that.
CREATE TABLE duress (
  wallet_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES wallet (wallet_id),
  began_at BIGINT NOT NULL,
  over_at BIGINT
);

-- QUIET: confirmed under the second passcode; shown as signed, and signed by nobody.
ALTER TABLE send DROP CONSTRAINT send_state;
ALTER TABLE send ADD CONSTRAINT send_state CHECK (state IN ('NEEDS_FACTOR', 'HELD', 'QUIET', 'APPROVED',
  'SIGNED', 'BROADCAST', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'REPLACED', 'REJECTED'));
