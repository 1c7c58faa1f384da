-- Sends that take the place of others, or pull a payment along. Runs on H2 and on PostgreSQL.

-- replaces: the send whose place this one takes. family: the first of all versions of one send;
-- null while there is one version only.
ALTER TABLE send ADD COLUMN kind VARCHAR(8) DEFAULT 'PAYMENT' NOT NULL
  CONSTRAINT send_kind CHECK (kind IN ('PAYMENT', 'BUMP', 'CANCEL', 'CHILD'));
ALTER TABLE send ADD COLUMN replaces VARCHAR(32) REFERENCES send (send_id);
ALTER TABLE send ADD COLUMN family VARCHAR(32) REFERENCES send (send_id);
CREATE INDEX send_by_family ON send (family);
CREATE INDEX send_by_replaces ON send (replaces);
CREATE INDEX send_by_txid ON send (txid);
