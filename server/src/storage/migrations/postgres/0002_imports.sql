-- What sqlite/0008 and 0009 make, in PostgreSQL's types; comments stand there.

ALTER TABLE accounts ADD COLUMN next_import_id BIGINT NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN next_conflict_id BIGINT NOT NULL DEFAULT 1;

CREATE TABLE imports (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  base_url TEXT COLLATE "C" NOT NULL,
  phase TEXT COLLATE "C" NOT NULL,
  progress TEXT COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  finished_at BIGINT,
  runner TEXT COLLATE "C",
  heartbeat_at BIGINT,
  stop_asked BIGINT NOT NULL,
  last_error TEXT COLLATE "C",
  PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX imports_source ON imports (account_id, source, base_url);

CREATE TABLE import_ranges (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  list TEXT COLLATE "C" NOT NULL,
  filter TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, import_id, list, filter)
);

CREATE TABLE import_errors (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  item_key TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account_id, import_id, item_key)
);

CREATE TABLE sell_visits (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  creator_id BIGINT NOT NULL,
  outcome_id BIGINT,
  status BIGINT NOT NULL,
  resource_kind BIGINT NOT NULL,
  resource_id BIGINT NOT NULL,
  visited_at BIGINT NOT NULL,
  summary_digest BIGINT NOT NULL,
  updated_at BIGINT,
  sequence BIGINT,
  event_at BIGINT,
  gone BIGINT NOT NULL,
  comparison BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);

CREATE TABLE import_conflicts (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  told TEXT COLLATE "C" NOT NULL,
  differs TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by BIGINT,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX import_conflicts_status ON import_conflicts (account_id, status, id);
CREATE INDEX import_conflicts_visit ON import_conflicts (account_id, visit_id, status);

CREATE TABLE deleted_records (
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
);
