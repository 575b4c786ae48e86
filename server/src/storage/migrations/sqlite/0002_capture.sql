-- Ids given here; imports move them past their own.
ALTER TABLE accounts ADD COLUMN next_visit_id INTEGER NOT NULL DEFAULT 2000000000;
ALTER TABLE accounts ADD COLUMN next_outcome_id INTEGER NOT NULL DEFAULT 2000000000;
ALTER TABLE accounts ADD COLUMN next_lead_id INTEGER NOT NULL DEFAULT 2000000000;
ALTER TABLE accounts ADD COLUMN next_contact_id INTEGER NOT NULL DEFAULT 2000000000;
ALTER TABLE accounts ADD COLUMN verification_radius_m INTEGER NOT NULL DEFAULT 300;

-- evidence: what include=verification answers; null for visits that were judged elsewhere.
ALTER TABLE visits ADD COLUMN evidence TEXT;

ALTER TABLE leads ADD COLUMN verification_radius_m INTEGER;
ALTER TABLE contacts ADD COLUMN verification_radius_m INTEGER;

ALTER TABLE visit_outcomes ADD COLUMN color TEXT;
ALTER TABLE visit_outcomes ADD COLUMN icon TEXT;
ALTER TABLE visit_outcomes ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit_outcomes ADD COLUMN active INTEGER NOT NULL DEFAULT 1;

-- Further places of a lead or contact, beside the one in its own row.
CREATE TABLE record_sites (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  location_precision TEXT NOT NULL,
  PRIMARY KEY (account_id, resource_kind, resource_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id, key)
) STRICT;
CREATE INDEX idempotency_keys_created ON idempotency_keys (account_id, created_at);
