-- At which revision a row last changed that sums in memory are made from: leads and contacts, users,
-- and visits that changed without an event. kind: the position in the list of record-changes.ts.
CREATE TABLE record_changes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_changes_revision ON record_changes (account_id, revision, kind, id);
