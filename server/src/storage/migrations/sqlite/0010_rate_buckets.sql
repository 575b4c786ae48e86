-- What is left of the rate limits that several processes share: level requests at the time "at".
-- Who sends without a known account counts for account 0.
CREATE TABLE rate_buckets (
  account_id INTEGER NOT NULL,
  key_hash TEXT NOT NULL,
  level REAL NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key_hash)
) STRICT, WITHOUT ROWID;
