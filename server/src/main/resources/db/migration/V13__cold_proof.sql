-- What the holder of a cold backup key signed before the wallet became active: base64 of the 65 bytes of a signed
-- message. Empty for keys that the vault made, and for wallets that were active before it was asked for.
ALTER TABLE wallet ADD COLUMN cold_proof VARCHAR(88);
