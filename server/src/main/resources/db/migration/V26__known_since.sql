-- Since when the browser was known in which a send was confirmed that waits. Runs on H2 and on PostgreSQL.
ALTER TABLE send_hold ADD COLUMN known_since BIGINT;
