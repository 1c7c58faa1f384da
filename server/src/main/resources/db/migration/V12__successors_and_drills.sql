-- Keys that take the place of others, and paper that is read again. Runs on H2 and on PostgreSQL.

-- replaces: the wallet that this one comes after; no wallet has two that live. succession: how a
-- key of that one says so. A replaced wallet is watched for ever.
ALTER TABLE wallet DROP CONSTRAINT wallet_state;
ALTER TABLE wallet ADD CONSTRAINT wallet_state
  CHECK (state IN ('DRAFT', 'UNCHECKED', 'ACTIVE', 'REPLACED'));
ALTER TABLE wallet ADD COLUMN replaces VARCHAR(32);
ALTER TABLE wallet ADD COLUMN succession_by VARCHAR(6);
ALTER TABLE wallet ADD COLUMN succession VARCHAR(88);
ALTER TABLE wallet ADD CONSTRAINT wallet_successor UNIQUE (replaces);
ALTER TABLE wallet ADD CONSTRAINT wallet_succession CHECK (replaces IS NULL OR state = 'DRAFT'
  OR (succession_by IS NOT NULL AND succession IS NOT NULL));

-- When the paper was last read back after the birth, and when the reminder of it was put off.
ALTER TABLE wallet ADD COLUMN drilled_at BIGINT;
ALTER TABLE wallet ADD COLUMN reminded_at BIGINT;
