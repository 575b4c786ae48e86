-- The sort keys that rows had before they changed. A walk by cursor follows the keys as they were when
-- it began (PROTOCOL 10.1). field: position in the list of schema.ts. revision: that of the account with
-- which the key changed.
CREATE TABLE former_keys (
  account_id INTEGER NOT NULL REFERENCES accounts,
  field INTEGER NOT NULL,
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  former_number INTEGER,
  former_text TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, field, id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_keys_revision ON former_keys (account_id, field, revision);
CREATE INDEX former_keys_number ON former_keys (account_id, field, former_number, id)
  WHERE former_number IS NOT NULL;
CREATE INDEX former_keys_text ON former_keys (account_id, field, former_text, id)
  WHERE former_text IS NOT NULL;

-- The highest revision whose former keys have been deleted.
ALTER TABLE account_stream ADD COLUMN keys_dropped INTEGER NOT NULL DEFAULT 0;
