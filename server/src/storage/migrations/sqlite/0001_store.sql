-- All tables on SQLite; those on PostgreSQL are the same in its own types. Booleans are 0 or 1,
-- times are milliseconds since 1970.

-- Accounts

-- first_local_id: where the ids of this server begin, above those of Sell. next_*: the next id that
-- this server assigns; an import moves them past its own.
CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  time_format TEXT NOT NULL,
  timezone TEXT NOT NULL,
  phone TEXT,
  subdomain TEXT,
  verification_radius_m INTEGER NOT NULL DEFAULT 300,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_local_id INTEGER NOT NULL DEFAULT 2000000000,
  next_user_id INTEGER NOT NULL,
  next_token_id INTEGER NOT NULL DEFAULT 1,
  next_oauth_client_id INTEGER NOT NULL DEFAULT 1,
  next_outcome_id INTEGER NOT NULL DEFAULT 2000000000,
  next_lead_id INTEGER NOT NULL DEFAULT 2000000000,
  next_contact_id INTEGER NOT NULL DEFAULT 2000000000,
  next_visit_id INTEGER NOT NULL DEFAULT 2000000000,
  next_pin_change_id INTEGER NOT NULL DEFAULT 1,
  next_import_id INTEGER NOT NULL DEFAULT 1,
  next_conflict_id INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What a server signs with, for all accounts.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Users and their credentials

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
-- Without the account: a user signs in by e-mail before the account is known.
CREATE INDEX users_email ON users (email_key);

-- oauth_*: null for personal tokens.
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
  last_used_at INTEGER,
  oauth_client_id INTEGER,
  oauth_grant_hash TEXT,
  PRIMARY KEY (account_id, id)
) STRICT;
-- Without the account: a bearer token does not name it.
CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (hash);
CREATE INDEX access_tokens_user ON access_tokens (account_id, user_id, id);
CREATE INDEX access_tokens_oauth_grant ON access_tokens (account_id, oauth_grant_hash)
  WHERE oauth_grant_hash IS NOT NULL;
CREATE INDEX access_tokens_oauth_client ON access_tokens (account_id, oauth_client_id)
  WHERE oauth_client_id IS NOT NULL;
CREATE INDEX access_tokens_oauth_expires ON access_tokens (account_id, expires_at)
  WHERE oauth_client_id IS NOT NULL;

-- hash: SHA-256 of the id in the cookie, which does not name the account.
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (account_id, user_id);
CREATE INDEX sessions_used ON sessions (account_id, last_used_at);

-- OAuth

-- uid: the client_id of the protocol. secret_hash: SHA-256; null for a public client.
CREATE TABLE oauth_clients (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  secret_hash TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;
-- Without the account: a client does not name it.
CREATE UNIQUE INDEX oauth_clients_uid ON oauth_clients (uid);

CREATE TABLE oauth_codes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  hash TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  code_challenge TEXT,
  code_challenge_method TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_codes_expires ON oauth_codes (account_id, expires_at);
CREATE INDEX oauth_codes_client ON oauth_codes (account_id, client_id);

-- grant_hash: shared by all tokens that one consent led to.
CREATE TABLE oauth_refresh_tokens (
  account_id INTEGER NOT NULL REFERENCES accounts,
  hash TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  grant_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_refresh_tokens_grant ON oauth_refresh_tokens (account_id, grant_hash);
CREATE INDEX oauth_refresh_tokens_client ON oauth_refresh_tokens (account_id, client_id);

-- Leads and contacts

-- Lists are filtered and sorted by the columns from creator_id on, which the code fills from
-- `attributes`. name: of a contact, or a lead's organization_name. email_key: in lower case.
-- custom_fields: a JSON object; null for none. address: in one line, as visits store it; empty for
-- none. Columns to sort by are never null, so that both engines put empty ones first.
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
  verification_radius_m INTEGER,
  creator_id INTEGER,
  source_id INTEGER,
  contact_id INTEGER,
  is_organization INTEGER NOT NULL DEFAULT 0,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  status TEXT,
  email_key TEXT,
  phone TEXT,
  mobile TEXT,
  city TEXT,
  postal_code TEXT,
  state TEXT,
  country TEXT,
  custom_fields TEXT,
  address TEXT,
  PRIMARY KEY (account_id, id)
) STRICT;
-- The index of the default sort ends with columns that filters rarely select by.
CREATE INDEX leads_updated_at ON leads
  (account_id, updated_at, id, status, source_id, creator_id, owner_id, state, country);
CREATE INDEX leads_created_at ON leads (account_id, created_at, id);
CREATE INDEX leads_first_name ON leads (account_id, first_name, id);
CREATE INDEX leads_last_name ON leads (account_id, last_name, id);
CREATE INDEX leads_name ON leads (account_id, name, id);
CREATE INDEX leads_owner ON leads (account_id, owner_id, updated_at, id);
CREATE INDEX leads_email ON leads (account_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX leads_phone ON leads (account_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX leads_mobile ON leads (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX leads_city ON leads (account_id, city, id) WHERE city IS NOT NULL;
CREATE INDEX leads_postal_code ON leads (account_id, postal_code, id) WHERE postal_code IS NOT NULL;
CREATE INDEX leads_unplaced ON leads (account_id, id)
  WHERE latitude IS NULL OR location_precision IN ('street', 'postcode', 'city');

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
  verification_radius_m INTEGER,
  creator_id INTEGER,
  source_id INTEGER,
  contact_id INTEGER,
  is_organization INTEGER NOT NULL DEFAULT 0,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  status TEXT,
  email_key TEXT,
  phone TEXT,
  mobile TEXT,
  city TEXT,
  postal_code TEXT,
  state TEXT,
  country TEXT,
  custom_fields TEXT,
  address TEXT,
  PRIMARY KEY (account_id, id)
) STRICT;
CREATE INDEX contacts_last_name ON contacts
  (account_id, last_name, id, is_organization, creator_id, owner_id, state, country);
CREATE INDEX contacts_created_at ON contacts (account_id, created_at, id);
CREATE INDEX contacts_updated_at ON contacts (account_id, updated_at, id);
CREATE INDEX contacts_first_name ON contacts (account_id, first_name, id);
CREATE INDEX contacts_name ON contacts (account_id, name, id);
CREATE INDEX contacts_owner ON contacts (account_id, owner_id, last_name, id);
CREATE INDEX contacts_contact ON contacts (account_id, contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX contacts_email ON contacts (account_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX contacts_phone ON contacts (account_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX contacts_mobile ON contacts (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX contacts_city ON contacts (account_id, city, id) WHERE city IS NOT NULL;
CREATE INDEX contacts_postal_code ON contacts (account_id, postal_code, id)
  WHERE postal_code IS NOT NULL;
CREATE INDEX contacts_unplaced ON contacts (account_id, id)
  WHERE latitude IS NULL OR location_precision IN ('street', 'postcode', 'city');

-- Further locations of a lead or contact, besides the one in its own row.
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

-- Leads and contacts that were deleted here: an import does not bring them back.
CREATE TABLE deleted_records (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
) STRICT, WITHOUT ROWID;

-- Records that have an address and no point. due_at: when to query the geocoder; null: never again.
CREATE TABLE geocoding_jobs (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  failure TEXT,
  detail TEXT,
  PRIMARY KEY (account_id, resource_kind, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX geocoding_jobs_due ON geocoding_jobs (account_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE pin_changes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  creator_id INTEGER NOT NULL,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  note TEXT,
  status TEXT NOT NULL,
  decided_by INTEGER,
  decided_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;
CREATE INDEX pin_changes_status ON pin_changes (account_id, status, id);

-- Visits

-- refresh_after_visit_id: up to which visit a new name has been copied; null when it is in all.
-- merged_into_id: the outcome that replaced this one. merge_after_visit_id: up to which visit its
-- visits have moved; null when all have.
CREATE TABLE visit_outcomes (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  has_original_name INTEGER NOT NULL,
  is_derived INTEGER NOT NULL,
  color TEXT,
  icon TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  refresh_after_visit_id INTEGER,
  merged_into_id INTEGER,
  merge_after_visit_id INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT;

-- item: the visit as /v2/visits prints it. owner_id: the present owner of the lead or contact.
-- evidence: what include=verification adds; null for visits that were not verified here.
-- resource_kind, resource_type and status are positions in the lists of schema.ts.
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
  summary TEXT,
  evidence TEXT
) STRICT;
CREATE UNIQUE INDEX visits_id ON visits (account_id, id);

-- Each ends with the columns of the other filters, so that two filters need no look at the row.
CREATE INDEX visits_visited ON visits
  (account_id, visited_at, id, creator_id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_creator ON visits
  (account_id, creator_id, id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_creator_visited ON visits
  (account_id, creator_id, visited_at, id, outcome_id, status, resource_kind, owner_id);
CREATE INDEX visits_status ON visits
  (account_id, status, id, creator_id, outcome_id, resource_kind, owner_id);
CREATE INDEX visits_status_visited ON visits
  (account_id, status, visited_at, id, creator_id, outcome_id, resource_kind, owner_id);
CREATE INDEX visits_kind ON visits
  (account_id, resource_kind, id, creator_id, outcome_id, status, owner_id);
CREATE INDEX visits_kind_visited ON visits
  (account_id, resource_kind, visited_at, id, creator_id, outcome_id, status, owner_id);
CREATE INDEX visits_resource ON visits
  (account_id, resource_kind, resource_id, id, visited_at, creator_id, outcome_id, status, owner_id);
-- No filter asks for visits without an outcome.
CREATE INDEX visits_outcome ON visits
  (account_id, outcome_id, id, creator_id, status, resource_kind, owner_id)
  WHERE outcome_id IS NOT NULL;
CREATE INDEX visits_outcome_visited ON visits
  (account_id, outcome_id, visited_at, id, creator_id, status, resource_kind, owner_id)
  WHERE outcome_id IS NOT NULL;
-- A creator sees the visit anyway. Most creators own the lead as well, and a check-in writes a page
-- of every index.
CREATE INDEX visits_owner ON visits
  (account_id, owner_id, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;
CREATE INDEX visits_owner_visited ON visits
  (account_id, owner_id, visited_at, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;
-- Visits logged here whose precise location has not expired.
CREATE INDEX visits_rep_location ON visits (account_id, created_at)
  WHERE evidence IS NOT NULL AND latitude IS NOT NULL;

CREATE TABLE deleted_visits (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Verdicts that a re-verification has replaced, oldest first.
CREATE TABLE past_verifications (
  account_id INTEGER NOT NULL REFERENCES accounts,
  visit_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, visit_id, sequence)
) STRICT, WITHOUT ROWID;

-- Answers to requests with an Idempotency-Key. The key stands before the user: keys that begin with
-- the time lie together, whoever sends them.
CREATE TABLE idempotency_keys (
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key, user_id)
) STRICT;
CREATE INDEX idempotency_keys_created ON idempotency_keys (account_id, created_at);

-- The stream

-- head: the newest offset. revision: raised by every transaction of the account; a page is cached
-- under the revision it was read at.
CREATE TABLE account_stream (
  account_id INTEGER PRIMARY KEY REFERENCES accounts,
  generation INTEGER NOT NULL DEFAULT 0,
  head INTEGER NOT NULL DEFAULT 0,
  last_dropped INTEGER NOT NULL DEFAULT 0,
  last_event_at INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Where each generation left the one before, after a restored backup.
CREATE TABLE stream_forks (
  account_id INTEGER NOT NULL REFERENCES accounts,
  generation INTEGER NOT NULL,
  fork_offset INTEGER NOT NULL,
  PRIMARY KEY (account_id, generation)
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

-- Imports

-- Imports that read from another service. progress: how far it has come, JSON. runner: the process
-- that works on it while heartbeat_at is recent.
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

-- How far each combination of filters has been read. state: JSON.
CREATE TABLE import_ranges (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  list TEXT NOT NULL,
  filter TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (account_id, import_id, list, filter)
) STRICT, WITHOUT ROWID;

-- Ids that a list of the source has named, even those of rejected items.
CREATE TABLE import_listed (
  account_id INTEGER NOT NULL REFERENCES accounts,
  import_id INTEGER NOT NULL,
  list TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (account_id, import_id, list, id)
) STRICT, WITHOUT ROWID;

-- Rejected items.
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

-- Each visit as Sell last sent it. comparison: the last full pass that included it. gone: deleted
-- in Sell.
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

-- Visits that were changed both here and in Sell. item: Sell's, as sent; parsed: the same, read.
CREATE TABLE import_conflicts (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  visit_id INTEGER NOT NULL,
  item TEXT NOT NULL,
  parsed TEXT NOT NULL,
  differs TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolved_by INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT;
CREATE INDEX import_conflicts_status ON import_conflicts (account_id, status, id);
CREATE INDEX import_conflicts_visit ON import_conflicts (account_id, visit_id, status);

-- Rate limits

-- Buckets that several processes share: `level` requests were left at the time `at`. A sender without
-- a known account counts for account 0.
CREATE TABLE rate_buckets (
  account_id INTEGER NOT NULL,
  key_hash TEXT NOT NULL,
  level REAL NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key_hash)
) STRICT, WITHOUT ROWID;
