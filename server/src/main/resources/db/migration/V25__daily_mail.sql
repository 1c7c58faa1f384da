-- Mail about coins that is gathered, and sent once a day. Runs on H2 and on PostgreSQL.
ALTER TABLE notice_off ADD COLUMN daily BOOLEAN DEFAULT FALSE NOT NULL;
CREATE TABLE daily_line (
  line_id VARCHAR(32) PRIMARY KEY,
  account_id VARCHAR(32) NOT NULL REFERENCES account (account_id),
  at BIGINT NOT NULL,
  line VARCHAR(200) NOT NULL
);
CREATE INDEX daily_line_by_account ON daily_line (account_id, at);
