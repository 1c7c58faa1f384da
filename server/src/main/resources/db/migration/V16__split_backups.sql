-- On how many sheets a backup key was printed, and how many of them make it again: 1 of 1 for sheet A in one piece. Null
-- where nobody said so: with a cold key, with several owners, and for wallets from before.
ALTER TABLE wallet ADD COLUMN sheets_needed INTEGER;
ALTER TABLE wallet ADD COLUMN sheets_count INTEGER;
