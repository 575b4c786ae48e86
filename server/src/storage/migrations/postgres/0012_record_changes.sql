-- At which revision a row last changed that sums in memory are made from: leads and contacts, users,
-- and visits that changed without an event. kind: the position in the list of record-changes.ts.
CREATE TABLE record_changes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  kind SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind, id)
);
CREATE INDEX record_changes_revision ON record_changes (account_id, revision, kind, id);
