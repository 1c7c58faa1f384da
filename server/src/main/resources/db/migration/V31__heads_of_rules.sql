-- Every wallet in use has a head of its rules, also where none was ever signed, and each change of it (rules, a stop, its
-- end) counts one further. Runs on H2 and on PostgreSQL.

-- 0: from before heads were counted; the server, which has the key file, seals these anew when it starts, once.
ALTER TABLE policy_head ADD COLUMN step BIGINT DEFAULT 0 NOT NULL;

-- Under which head a send was approved; 0 for one from before.
ALTER TABLE send ADD COLUMN policy_step BIGINT DEFAULT 0 NOT NULL;

-- The record of a wallet tells how far its head was.
CREATE INDEX audit_by_subject ON audit_event (subject, kind);
