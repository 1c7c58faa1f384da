-- Wallets of several owners. Who brought the keys, one name a line in the descriptor's order; empty for the standard
-- wallet. The holders' proofs stand one a line as well, which takes more room than one.
ALTER TABLE wallet ADD COLUMN owner_names VARCHAR(400);
ALTER TABLE wallet ALTER COLUMN cold_proof SET DATA TYPE VARCHAR(600);
-- Who has signed a send that waits, by role with blanks between, and how many more must before the server does.
ALTER TABLE send ADD COLUMN signers VARCHAR(100) NOT NULL DEFAULT '';
ALTER TABLE send ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
