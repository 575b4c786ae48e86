-- What changes who sees a visit without changing the visit, in the order in which it was committed: a
-- lead or contact with visits that changed its owner, a user that changed manager or role. kind: the
-- position in the list of sight-changes.ts. head: the newest event before it.
ALTER TABLE account_stream ADD COLUMN sight INTEGER NOT NULL DEFAULT 0;
CREATE TABLE sight_changes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  former_id INTEGER,
  head INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, number)
) STRICT, WITHOUT ROWID;
