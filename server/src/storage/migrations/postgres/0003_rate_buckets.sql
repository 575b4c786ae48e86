-- What is left of the rate limits that several processes share: level requests at the time "at".
-- Who sends without a known account counts for account 0. After a crash all buckets are full.
CREATE UNLOGGED TABLE rate_buckets (
  account_id BIGINT NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL,
  level DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account_id, key_hash)
) WITH (fillfactor = 50);
