-- What Sell's clients ask for before they write a lead or contact (PROTOCOL 10.15).

ALTER TABLE accounts ADD COLUMN next_label_id BIGINT NOT NULL DEFAULT 2000000000;
UPDATE accounts SET next_label_id = first_local_id;

-- Tags, lead statuses and lead sources. list: position in the lists of schema.ts. name_key: the name
-- in lower case. is_default: of a new account; an imported list replaces it.
CREATE TABLE record_labels (
  account_id BIGINT NOT NULL REFERENCES accounts,
  list BIGINT NOT NULL,
  id BIGINT NOT NULL,
  resource_kind BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  creator_id BIGINT,
  is_default BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, list, id)
);
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
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  choices TEXT COLLATE "C",
  for_company BIGINT NOT NULL,
  for_contact BIGINT NOT NULL,
  is_derived BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
);
CREATE INDEX custom_fields_name ON custom_fields (account_id, resource_kind, name_key);

-- Records saved before these tables existed: those up to after_id have been searched for names.
CREATE TABLE unsearched_records (
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  after_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, resource_kind)
);
INSERT INTO unsearched_records (account_id, resource_kind, after_id)
  SELECT DISTINCT account_id, 0, 0 FROM leads UNION ALL
  SELECT DISTINCT account_id, 1, 0 FROM contacts;

-- The newest comparison of an import with its source. summary: the signed result of the last one that
-- has ended, JSON. updated_at: the last sign of life of the one that has not.
CREATE TABLE import_verifications (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ended_at BIGINT,
  compared BIGINT NOT NULL,
  expected BIGINT NOT NULL,
  error TEXT COLLATE "C",
  summary TEXT COLLATE "C",
  PRIMARY KEY (account_id, import_id)
);
