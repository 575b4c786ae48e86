-- Leads and contacts that somebody deleted here: an import does not bring them back.
CREATE TABLE deleted_records (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
) STRICT, WITHOUT ROWID;
