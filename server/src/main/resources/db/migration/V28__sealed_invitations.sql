-- A keyed hash over an invitation, under the key file; what was asked without one is asked anew. Runs on H2 and on PostgreSQL.
ALTER TABLE invitation ADD COLUMN seal BYTEA;
