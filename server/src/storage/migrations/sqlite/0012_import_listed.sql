-- Ids that a list of the source has named, whether the items could be kept or not.
CREATE TABLE import_listed (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  list TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (account_id, import_id, list, id)
) STRICT, WITHOUT ROWID;
