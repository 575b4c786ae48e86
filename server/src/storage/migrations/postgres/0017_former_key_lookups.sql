-- A partial index, so that a lookup by id cannot choose it: with statistics from when the table was
-- empty, PostgreSQL did, and read the whole index for each key.
DROP INDEX former_keys_revision;
CREATE INDEX former_keys_revision ON former_keys (account_id, field, revision)
  WHERE revision > 0;
