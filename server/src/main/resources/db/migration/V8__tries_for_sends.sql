-- Codes for sends are counted apart from codes for signing in: whoever has only the password cannot use up the owner's tries.
ALTER TABLE second_factor ADD COLUMN send_tries INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE second_factor ADD COLUMN send_tries_since BIGINT DEFAULT 0 NOT NULL;

-- What was cancelled or has expired before now is forgotten as it will be from now on.
UPDATE send SET psbt = CAST('' AS BYTEA) WHERE state IN ('CANCELLED', 'EXPIRED');
