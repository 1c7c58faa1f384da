-- What is asked often, by what it is asked for. Runs on H2 and on PostgreSQL.

-- Sends with something left to do, looked for every two seconds.
CREATE INDEX send_by_next_try ON send (next_try_at);

-- A wallet's sends, newest first, and what it spent in a day.
CREATE INDEX send_by_wallet ON send (wallet_id, created_at);
CREATE INDEX send_by_approval ON send (wallet_id, approved_at);

-- Proposals that nobody confirmed in time.
CREATE INDEX send_by_expiry ON send (state, expires_at);
