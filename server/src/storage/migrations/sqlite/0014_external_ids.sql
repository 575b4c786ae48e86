-- What leads, contacts and visits are called in the products that they were imported from. kind: the
-- position in the list of external-ids.ts.
CREATE TABLE external_ids (
  account_id INTEGER NOT NULL REFERENCES accounts,
  source TEXT NOT NULL,
  kind INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, external_id, source)
) STRICT, WITHOUT ROWID;
