-- Since when a wallet is replaced: what moves from it waits where it has rules. Runs on H2 and on PostgreSQL.
ALTER TABLE wallet ADD COLUMN replaced_at BIGINT;
