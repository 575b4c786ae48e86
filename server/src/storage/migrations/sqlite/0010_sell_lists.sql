-- What Sell's clients ask for before they write a lead or contact (PROTOCOL 10.15).

ALTER TABLE accounts ADD COLUMN next_label_id INTEGER NOT NULL DEFAULT 2000000000;
UPDATE accounts SET next_label_id = first_local_id;

-- Tags, lead statuses and lead sources. list: position in the lists of schema.ts. name_key: the name
-- in lower case. is_default: of a new account; an imported list replaces it.
CREATE TABLE record_labels (
  account_id INTEGER NOT NULL REFERENCES accounts,
  list INTEGER NOT NULL,
  id INTEGER NOT NULL,
  resource_kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  creator_id INTEGER,
  is_default INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, list, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_labels_name ON record_labels (account_id, list, resource_kind, name_key);

INSERT INTO record_labels
  (account_id, list, id, resource_kind, name, name_key, is_default, created_at, updated_at)
  SELECT account_id, 1, first_local_id, 0, 'New', 'new', 1, created_at, created_at FROM accounts
  UNION ALL
  SELECT account_id, 1, first_local_id + 1, 0, 'Working', 'working', 1, created_at, created_at
    FROM accounts
  UNION ALL
  SELECT account_id, 1, first_local_id + 2, 0, 'Unqualified', 'unqualified', 1, created_at,
    created_at FROM accounts;
UPDATE accounts SET next_label_id = first_local_id + 3;

-- choices: JSON, null for types without them. is_derived: only the values of records have shown it.
CREATE TABLE custom_fields (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  type TEXT NOT NULL,
  choices TEXT,
  for_company INTEGER NOT NULL,
  for_contact INTEGER NOT NULL,
  is_derived INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX custom_fields_name ON custom_fields (account_id, resource_kind, name_key);

-- Records saved before these tables existed: those up to after_id have been searched for names.
CREATE TABLE unsearched_records (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  after_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, resource_kind)
) STRICT, WITHOUT ROWID;
INSERT INTO unsearched_records (account_id, resource_kind, after_id)
  SELECT DISTINCT account_id, 0, 0 FROM leads UNION ALL
  SELECT DISTINCT account_id, 1, 0 FROM contacts;

-- The newest comparison of an import with its source. summary: the signed result of the last one that
-- has ended, JSON. updated_at: the last sign of life of the one that has not.
CREATE TABLE import_verifications (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ended_at INTEGER,
  compared INTEGER NOT NULL,
  expected INTEGER NOT NULL,
  error TEXT,
  summary TEXT,
  PRIMARY KEY (account_id, import_id)
) STRICT, WITHOUT ROWID;
