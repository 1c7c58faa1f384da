-- Whether this copy of the database may sign. Runs on H2 and on PostgreSQL.
-- copy_id is empty where the database began; a restored copy has its own. retired_for: the copy
-- whose release code was given away.
CREATE TABLE fence (
  only_row INTEGER NOT NULL PRIMARY KEY CONSTRAINT fence_only_row CHECK (only_row = 1),
  copy_id VARCHAR(16) NOT NULL,
  state VARCHAR(10) NOT NULL CONSTRAINT fence_state CHECK (state IN ('OPEN', 'RESTORED', 'RETIRED')),
  since BIGINT NOT NULL,
  retired_for VARCHAR(16) NOT NULL
);

INSERT INTO fence (only_row, copy_id, state, since, retired_for) VALUES (1, '', 'OPEN', 0, '');
