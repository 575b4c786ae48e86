CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_format TEXT NOT NULL,
  timezone TEXT NOT NULL,
  phone TEXT,
  subdomain TEXT,
  next_user_id INTEGER NOT NULL,
  next_token_id INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- revision: raised by every transaction of the account; what a page was read at.
CREATE TABLE account_stream (
  account_id INTEGER PRIMARY KEY REFERENCES accounts,
  generation INTEGER NOT NULL DEFAULT 0,
  head INTEGER NOT NULL DEFAULT 0,
  last_dropped INTEGER NOT NULL DEFAULT 0,
  last_event_at INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE stream_forks (
  account_id INTEGER NOT NULL REFERENCES accounts,
  generation INTEGER NOT NULL,
  fork_offset INTEGER NOT NULL,
  PRIMARY KEY (account_id, generation)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  status TEXT NOT NULL,
  invited INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  phone_number TEXT,
  role TEXT NOT NULL,
  roles TEXT NOT NULL,
  team_name TEXT,
  group_id INTEGER,
  group_name TEXT,
  reports_to INTEGER,
  timezone TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  zendesk_user_id TEXT,
  identity_type TEXT NOT NULL,
  password_hash TEXT,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, email_key)
) STRICT;
CREATE INDEX users_reports_to ON users (account_id, reports_to);

CREATE TABLE access_tokens (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT;
-- A bearer token comes without its account: this index alone does not begin with it.
CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (hash);

CREATE TABLE visit_outcomes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  has_original_name INTEGER NOT NULL,
  is_derived INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  refresh_after_visit_id INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT;

CREATE TABLE leads (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  owner_id INTEGER,
  attributes TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  location_precision TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;

CREATE TABLE contacts (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  owner_id INTEGER,
  attributes TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  location_precision TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;

-- item: the answer of /v2/visits. owner_id: who owns the lead or contact now.
-- resource_kind, resource_type and status are the positions in the lists of schema.ts.
CREATE TABLE visits (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  creator_id INTEGER NOT NULL,
  outcome_id INTEGER,
  status INTEGER NOT NULL,
  resource_kind INTEGER NOT NULL,
  owner_id INTEGER,
  visited_at INTEGER NOT NULL,
  item TEXT NOT NULL,
  resource_id INTEGER NOT NULL,
  resource_type INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  source_updated_at INTEGER,
  source_sequence INTEGER,
  source_event_at INTEGER,
  latitude REAL,
  longitude REAL,
  outcome_name TEXT,
  outcome_has_original_name INTEGER,
  resource_address TEXT,
  summary TEXT
) STRICT;
CREATE UNIQUE INDEX visits_id ON visits (account_id, id);

-- Each ends with the other filters' columns, so that a pair is decided without reading the row.
CREATE INDEX visits_visited ON visits
  (account_id, visited_at, id, creator_id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_creator ON visits
  (account_id, creator_id, id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_creator_visited ON visits
  (account_id, creator_id, visited_at, id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_outcome ON visits
  (account_id, outcome_id, id, creator_id, status, resource_kind, owner_id);
CREATE INDEX visits_outcome_visited ON visits
  (account_id, outcome_id, visited_at, id, creator_id, status, resource_kind, owner_id);
CREATE INDEX visits_status ON visits
  (account_id, status, id, creator_id, outcome_id, resource_kind, owner_id);
CREATE INDEX visits_status_visited ON visits
  (account_id, status, visited_at, id, creator_id, outcome_id, resource_kind, owner_id);
CREATE INDEX visits_kind ON visits
  (account_id, resource_kind, id, creator_id, outcome_id, status, owner_id);
CREATE INDEX visits_kind_visited ON visits
  (account_id, resource_kind, visited_at, id, creator_id, outcome_id, status, owner_id);
CREATE INDEX visits_owner ON visits
  (account_id, owner_id, id, creator_id, outcome_id, status, resource_kind);
CREATE INDEX visits_owner_visited ON visits
  (account_id, owner_id, visited_at, id, creator_id, outcome_id, status, resource_kind);
CREATE INDEX visits_resource ON visits
  (account_id, resource_kind, resource_id, id, visited_at, creator_id, outcome_id, status, owner_id);

CREATE TABLE deleted_visits (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- body: the item of the stream. appended_at never falls while the offset rises.
CREATE TABLE visit_events (
  account_id INTEGER NOT NULL REFERENCES accounts,
  "offset" INTEGER NOT NULL,
  visit_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  appended_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account_id, "offset")
) STRICT;
CREATE UNIQUE INDEX visit_events_visit ON visit_events (account_id, visit_id, sequence);
