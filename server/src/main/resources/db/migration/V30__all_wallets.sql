-- One row, locked by whoever decides on a send where all wallets together have a limit. Runs on H2 and on PostgreSQL.
CREATE TABLE all_wallets (
  one INTEGER NOT NULL PRIMARY KEY CONSTRAINT all_wallets_one CHECK (one = 1)
);
INSERT INTO all_wallets (one) VALUES (1);
CREATE INDEX send_by_time_of_approval ON send (approved_at);
