-- A check-in writes each page that it touches. Who logged a visit sees it anyway: that they own the
-- lead as well, as most of them do, needs no place in an index.
DROP INDEX visits_owner;
CREATE INDEX visits_owner ON visits
  (account_id, owner_id, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;
DROP INDEX visits_owner_visited;
CREATE INDEX visits_owner_visited ON visits
  (account_id, owner_id, visited_at, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;

-- Nobody asks for visits without an outcome by that.
DROP INDEX visits_outcome;
CREATE INDEX visits_outcome ON visits
  (account_id, outcome_id, id, creator_id, status, resource_kind, owner_id)
  WHERE outcome_id IS NOT NULL;
DROP INDEX visits_outcome_visited;
CREATE INDEX visits_outcome_visited ON visits
  (account_id, outcome_id, visited_at, id, creator_id, status, resource_kind, owner_id)
  WHERE outcome_id IS NOT NULL;

-- In one line, as visits keep it; empty: there is none; null: not saved since this column is here.
ALTER TABLE leads ADD COLUMN address TEXT;
ALTER TABLE contacts ADD COLUMN address TEXT;

-- Keys that begin with the time lie together, whoever sends them.
ALTER TABLE idempotency_keys RENAME TO idempotency_keys_before;
DROP INDEX idempotency_keys_created;
CREATE TABLE idempotency_keys (
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key, user_id)
) STRICT;
INSERT INTO idempotency_keys
  (account_id, user_id, key, fingerprint, status, body, created_at)
  SELECT account_id, user_id, key, fingerprint, status, body, created_at
  FROM idempotency_keys_before ORDER BY rowid;
DROP TABLE idempotency_keys_before;
CREATE INDEX idempotency_keys_created ON idempotency_keys (account_id, created_at);
