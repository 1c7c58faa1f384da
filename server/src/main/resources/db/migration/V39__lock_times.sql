-- From which height a send's transaction counts. What a signer let wait and dropped it never signs, so whoever makes the same
-- again is given another height; what is left of a cancelled send does not say its own.
ALTER TABLE send ADD COLUMN lock_time INTEGER DEFAULT 0 NOT NULL;
