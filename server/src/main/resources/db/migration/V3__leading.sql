-- Which process follows the chain when several share this database. Each that begins to lead raises the term; what it
-- writes under an older term is refused. The rest is how the chain was when the leading process last looked, for the
-- others. One row.
CREATE TABLE chain_follower (
  one INTEGER NOT NULL PRIMARY KEY CONSTRAINT chain_follower_one CHECK (one = 1),
  term BIGINT NOT NULL,
  state VARCHAR(20) NOT NULL,
  detail VARCHAR(300) NOT NULL,
  looked_at BIGINT NOT NULL
);

INSERT INTO chain_follower (one, term, state, detail, looked_at)
  VALUES (1, 0, 'SYNCING', 'The chain has not been looked at yet.', 0);
