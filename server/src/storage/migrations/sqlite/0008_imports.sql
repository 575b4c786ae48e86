ALTER TABLE accounts ADD COLUMN next_import_id INTEGER NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN next_conflict_id INTEGER NOT NULL DEFAULT 1;

-- Imports that ask another service. progress: where it has come to, JSON. runner: the process that
-- is at work, as long as heartbeat_at is recent.
CREATE TABLE imports (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  source TEXT NOT NULL,
  base_url TEXT NOT NULL,
  phase TEXT NOT NULL,
  progress TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  finished_at INTEGER,
  runner TEXT,
  heartbeat_at INTEGER,
  stop_asked INTEGER NOT NULL,
  last_error TEXT,
  PRIMARY KEY (account_id, id)
) STRICT;
CREATE UNIQUE INDEX imports_source ON imports (account_id, source, base_url);

-- What each combination of filters has been read of, JSON.
CREATE TABLE import_ranges (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  list TEXT NOT NULL,
  filter TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (account_id, import_id, list, filter)
) STRICT, WITHOUT ROWID;

-- Items that could not be kept.
CREATE TABLE import_errors (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  item_key TEXT NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  item TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, import_id, item_key)
) STRICT, WITHOUT ROWID;

-- What Sell told of each visit last. comparison: the last one in which it was told of.
CREATE TABLE sell_visits (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  creator_id INTEGER NOT NULL,
  outcome_id INTEGER,
  status INTEGER NOT NULL,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  visited_at INTEGER NOT NULL,
  summary_digest INTEGER NOT NULL,
  updated_at INTEGER,
  sequence INTEGER,
  event_at INTEGER,
  gone INTEGER NOT NULL,
  comparison INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Visits that were changed here and in Sell. item: Sell's as it was told; told: as it was understood.
CREATE TABLE import_conflicts (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  visit_id INTEGER NOT NULL,
  item TEXT NOT NULL,
  told TEXT NOT NULL,
  differs TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolved_by INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT;
CREATE INDEX import_conflicts_status ON import_conflicts (account_id, status, id);
CREATE INDEX import_conflicts_visit ON import_conflicts (account_id, visit_id, status);
