-- The same index as on PostgreSQL, where it has to be partial.
DROP INDEX former_keys_revision;
CREATE INDEX former_keys_revision ON former_keys (account_id, field, revision)
  WHERE revision > 0;
