-- A partial index, so that a lookup by id cannot choose it: with statistics from when the table was
-- empty, PostgreSQL did, and read the whole index for each key.
-- The former one is dropped last: from then on readers wait for the end of the transaction.
CREATE INDEX former_keys_in_order ON former_keys (account_id, field, revision)
  WHERE revision > 0;
DROP INDEX former_keys_revision;
ALTER INDEX former_keys_in_order RENAME TO former_keys_revision;
