-- Codes of links that work once. hash: SHA-256 of the code, which is not stored. purpose: what the
-- link does. A used code stays until it would have expired.
CREATE TABLE one_time_codes (
  hash TEXT COLLATE "C" PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts,
  purpose TEXT COLLATE "C" NOT NULL,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX one_time_codes_user ON one_time_codes (account_id, user_id, purpose);
CREATE INDEX one_time_codes_expires ON one_time_codes (account_id, expires_at);

-- What an admin has set; null: nothing. own_name and own_timezone stand before what an import sends.
ALTER TABLE accounts ADD COLUMN own_name TEXT COLLATE "C";
ALTER TABLE accounts ADD COLUMN own_timezone TEXT COLLATE "C";
ALTER TABLE accounts ADD COLUMN rep_location_days BIGINT;
ALTER TABLE accounts ADD COLUMN retention_hours BIGINT;
ALTER TABLE accounts ADD COLUMN map_style_url TEXT COLLATE "C";
ALTER TABLE accounts ADD COLUMN map_attribution TEXT COLLATE "C";

-- Up to when a process that adds or removes the demo team keeps others from it.
ALTER TABLE accounts ADD COLUMN demo_busy_until BIGINT;

-- What the demo team consists of. kind: a position in the list of storage/demo.ts.
CREATE TABLE demo_objects (
  account_id BIGINT NOT NULL REFERENCES accounts,
  kind BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind, id)
);
