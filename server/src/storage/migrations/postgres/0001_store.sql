-- All tables on PostgreSQL; those on SQLite are the same in its own types. Booleans are 0 or 1,
-- times are milliseconds since 1970. Texts sort by code point (COLLATE "C"), as on SQLite.

-- Accounts

-- first_local_id: where the ids of this server begin, above those of Sell. next_*: the next id that
-- this server assigns; an import moves them past its own.
-- fillfactor: a row changes with every id that it gives; room for the new version on the same page
-- keeps it out of the indexes (HOT). autovacuum: after a number of changes, since the rows are few.
CREATE TABLE accounts (
  account_id BIGINT PRIMARY KEY,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  currency TEXT COLLATE "C" NOT NULL,
  time_format TEXT COLLATE "C" NOT NULL,
  timezone TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C",
  subdomain TEXT COLLATE "C",
  verification_radius_m BIGINT NOT NULL DEFAULT 300,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  first_local_id BIGINT NOT NULL DEFAULT 2000000000,
  next_user_id BIGINT NOT NULL,
  next_token_id BIGINT NOT NULL DEFAULT 1,
  next_oauth_client_id BIGINT NOT NULL DEFAULT 1,
  next_outcome_id BIGINT NOT NULL DEFAULT 2000000000,
  next_lead_id BIGINT NOT NULL DEFAULT 2000000000,
  next_contact_id BIGINT NOT NULL DEFAULT 2000000000,
  next_visit_id BIGINT NOT NULL DEFAULT 2000000000,
  next_pin_change_id BIGINT NOT NULL DEFAULT 1,
  next_import_id BIGINT NOT NULL DEFAULT 1,
  next_conflict_id BIGINT NOT NULL DEFAULT 1
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- What a server signs with, for all accounts.
CREATE TABLE secrets (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

-- Users and their credentials

CREATE TABLE users (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  email TEXT COLLATE "C" NOT NULL,
  email_key TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  invited BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,
  phone_number TEXT COLLATE "C",
  role TEXT COLLATE "C" NOT NULL,
  roles TEXT COLLATE "C" NOT NULL,
  team_name TEXT COLLATE "C",
  group_id BIGINT,
  group_name TEXT COLLATE "C",
  reports_to BIGINT,
  timezone TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  zendesk_user_id TEXT COLLATE "C",
  identity_type TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C",
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, email_key)
);
CREATE INDEX users_reports_to ON users (account_id, reports_to);
-- Without the account: a user signs in by e-mail before the account is known.
CREATE INDEX users_email ON users (email_key);

-- oauth_*: null for personal tokens.
-- fillfactor: last_used_at is written once a minute for every token in use.
CREATE TABLE access_tokens (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  user_id BIGINT NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT,
  last_used_at BIGINT,
  oauth_client_id BIGINT,
  oauth_grant_hash TEXT COLLATE "C",
  PRIMARY KEY (account_id, id)
) WITH (fillfactor = 70);
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
  hash TEXT COLLATE "C" PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (account_id, user_id);
CREATE INDEX sessions_used ON sessions (account_id, last_used_at);

-- OAuth

-- uid: the client_id of the protocol. secret_hash: SHA-256; null for a public client.
CREATE TABLE oauth_clients (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  uid TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  redirect_uris TEXT COLLATE "C" NOT NULL,
  secret_hash TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);
-- Without the account: a client does not name it.
CREATE UNIQUE INDEX oauth_clients_uid ON oauth_clients (uid);

CREATE TABLE oauth_codes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  hash TEXT COLLATE "C" NOT NULL,
  client_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  redirect_uri TEXT COLLATE "C" NOT NULL,
  code_challenge TEXT COLLATE "C",
  code_challenge_method TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, hash)
);
CREATE INDEX oauth_codes_expires ON oauth_codes (account_id, expires_at);
CREATE INDEX oauth_codes_client ON oauth_codes (account_id, client_id);

-- grant_hash: shared by all tokens that one consent led to.
CREATE TABLE oauth_refresh_tokens (
  account_id BIGINT NOT NULL REFERENCES accounts,
  hash TEXT COLLATE "C" NOT NULL,
  client_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  scopes TEXT COLLATE "C" NOT NULL,
  grant_hash TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, hash)
);
CREATE INDEX oauth_refresh_tokens_grant ON oauth_refresh_tokens (account_id, grant_hash);
CREATE INDEX oauth_refresh_tokens_client ON oauth_refresh_tokens (account_id, client_id);

-- Leads and contacts

-- Lists are filtered and sorted by the columns from creator_id on, which the code fills from
-- `attributes`. name: of a contact, or a lead's organization_name. email_key: in lower case.
-- custom_fields: a JSON object; null for none. address: in one line, as visits store it; empty for
-- none. Columns to sort by are never null, so that both engines put empty ones first.
CREATE TABLE leads (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  owner_id BIGINT,
  attributes TEXT COLLATE "C" NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  location_precision TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  verification_radius_m BIGINT,
  creator_id BIGINT,
  source_id BIGINT,
  contact_id BIGINT,
  is_organization BIGINT NOT NULL DEFAULT 0,
  first_name TEXT COLLATE "C" NOT NULL DEFAULT '',
  last_name TEXT COLLATE "C" NOT NULL DEFAULT '',
  name TEXT COLLATE "C" NOT NULL DEFAULT '',
  status TEXT COLLATE "C",
  email_key TEXT COLLATE "C",
  phone TEXT COLLATE "C",
  mobile TEXT COLLATE "C",
  city TEXT COLLATE "C",
  postal_code TEXT COLLATE "C",
  state TEXT COLLATE "C",
  country TEXT COLLATE "C",
  custom_fields TEXT COLLATE "C",
  address TEXT COLLATE "C",
  PRIMARY KEY (account_id, id)
);
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
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  owner_id BIGINT,
  attributes TEXT COLLATE "C" NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  location_precision TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  verification_radius_m BIGINT,
  creator_id BIGINT,
  source_id BIGINT,
  contact_id BIGINT,
  is_organization BIGINT NOT NULL DEFAULT 0,
  first_name TEXT COLLATE "C" NOT NULL DEFAULT '',
  last_name TEXT COLLATE "C" NOT NULL DEFAULT '',
  name TEXT COLLATE "C" NOT NULL DEFAULT '',
  status TEXT COLLATE "C",
  email_key TEXT COLLATE "C",
  phone TEXT COLLATE "C",
  mobile TEXT COLLATE "C",
  city TEXT COLLATE "C",
  postal_code TEXT COLLATE "C",
  state TEXT COLLATE "C",
  country TEXT COLLATE "C",
  custom_fields TEXT COLLATE "C",
  address TEXT COLLATE "C",
  PRIMARY KEY (account_id, id)
);
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
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  resource_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT COLLATE "C",
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL,
  location_precision TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, resource_kind, resource_id, number)
);

-- Leads and contacts that were deleted here: an import does not bring them back.
CREATE TABLE deleted_records (
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, resource_kind, id)
);

-- Records that have an address and no point. due_at: when to query the geocoder; null: never again.
CREATE TABLE geocoding_jobs (
  account_id BIGINT NOT NULL REFERENCES accounts,
  resource_kind BIGINT NOT NULL,
  resource_id BIGINT NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL,
  due_at BIGINT,
  failure TEXT COLLATE "C",
  detail TEXT COLLATE "C",
  PRIMARY KEY (account_id, resource_kind, resource_id)
);
CREATE INDEX geocoding_jobs_due ON geocoding_jobs (account_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE pin_changes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  creator_id BIGINT NOT NULL,
  resource_kind BIGINT NOT NULL,
  resource_id BIGINT NOT NULL,
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL,
  note TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX pin_changes_status ON pin_changes (account_id, status, id);

-- Visits

-- refresh_after_visit_id: up to which visit a new name has been copied; null when it is in all.
-- merged_into_id: the outcome that replaced this one. merge_after_visit_id: up to which visit its
-- visits have moved; null when all have.
CREATE TABLE visit_outcomes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  has_original_name BIGINT NOT NULL,
  is_derived BIGINT NOT NULL,
  color TEXT COLLATE "C",
  icon TEXT COLLATE "C",
  position BIGINT NOT NULL DEFAULT 0,
  active BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  refresh_after_visit_id BIGINT,
  merged_into_id BIGINT,
  merge_after_visit_id BIGINT,
  PRIMARY KEY (account_id, id)
);

-- item: the visit as /v2/visits prints it. owner_id: the present owner of the lead or contact.
-- evidence: what include=verification adds; null for visits that were not verified here.
-- resource_kind, resource_type and status are positions in the lists of schema.ts.
-- Neither visits nor visit_events reference accounts: each row's check would cost a query, and rows
-- are written only under the lock of the account's stream, which exists. fillfactor: a change that
-- touches no index stays on its page (HOT).
CREATE TABLE visits (
  account_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  creator_id BIGINT NOT NULL,
  outcome_id BIGINT,
  status BIGINT NOT NULL,
  resource_kind BIGINT NOT NULL,
  owner_id BIGINT,
  visited_at BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  resource_id BIGINT NOT NULL,
  resource_type BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  source_updated_at BIGINT,
  source_sequence BIGINT,
  source_event_at BIGINT,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  outcome_name TEXT COLLATE "C",
  outcome_has_original_name BIGINT,
  resource_address TEXT COLLATE "C",
  summary TEXT COLLATE "C",
  evidence TEXT COLLATE "C",
  PRIMARY KEY (account_id, id)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

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
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);

-- Verdicts that a re-verification has replaced, oldest first.
CREATE TABLE past_verifications (
  account_id BIGINT NOT NULL REFERENCES accounts,
  visit_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  evidence TEXT COLLATE "C" NOT NULL,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, visit_id, sequence)
);

-- Answers to requests with an Idempotency-Key. The key stands before the user: keys that begin with
-- the time lie together, whoever sends them.
CREATE TABLE idempotency_keys (
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, key, user_id)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (account_id, created_at);

-- The stream

-- head: the newest offset. revision: raised by every transaction of the account; a page is cached
-- under the revision it was read at.
-- fillfactor, autovacuum: as for accounts. Every write locks and changes the row of its account.
CREATE TABLE account_stream (
  account_id BIGINT PRIMARY KEY REFERENCES accounts,
  generation BIGINT NOT NULL DEFAULT 0,
  head BIGINT NOT NULL DEFAULT 0,
  last_dropped BIGINT NOT NULL DEFAULT 0,
  last_event_at BIGINT NOT NULL DEFAULT 0,
  revision BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Where each generation left the one before, after a restored backup.
CREATE TABLE stream_forks (
  account_id BIGINT NOT NULL REFERENCES accounts,
  generation BIGINT NOT NULL,
  fork_offset BIGINT NOT NULL,
  PRIMARY KEY (account_id, generation)
);

-- body: the item of the stream. appended_at never falls while the offset rises.
-- A partition holds the events of some days and is dropped whole; event-partitions.ts creates them.
-- Keys of a partitioned table must include the column that it is partitioned by.
CREATE TABLE visit_events (
  account_id BIGINT NOT NULL,
  "offset" BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  appended_at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, "offset", appended_at)
) PARTITION BY RANGE (appended_at);
CREATE UNIQUE INDEX visit_events_visit ON visit_events (account_id, visit_id, sequence, appended_at);
-- Events of days for which no partition was created in time.
CREATE TABLE visit_events_default PARTITION OF visit_events DEFAULT;

-- Imports

-- Imports that read from another service. progress: how far it has come, JSON. runner: the process
-- that works on it while heartbeat_at is recent.
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

-- How far each combination of filters has been read. state: JSON.
CREATE TABLE import_ranges (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  list TEXT COLLATE "C" NOT NULL,
  filter TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, import_id, list, filter)
);

-- Ids that a list of the source has named, even those of rejected items.
CREATE TABLE import_listed (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  list TEXT COLLATE "C" NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, import_id, list, id)
);

-- Rejected items.
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

-- Each visit as Sell last sent it. comparison: the last full pass that included it. gone: deleted
-- in Sell.
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

-- Visits that were changed both here and in Sell. item: Sell's, as sent; parsed: the same, read.
CREATE TABLE import_conflicts (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  parsed TEXT COLLATE "C" NOT NULL,
  differs TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by BIGINT,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX import_conflicts_status ON import_conflicts (account_id, status, id);
CREATE INDEX import_conflicts_visit ON import_conflicts (account_id, visit_id, status);

-- Rate limits

-- Buckets that several processes share: `level` requests were left at the time `at`. A sender without
-- a known account counts for account 0. After a crash all buckets are full.
CREATE UNLOGGED TABLE rate_buckets (
  account_id BIGINT NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL,
  level DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account_id, key_hash)
) WITH (fillfactor = 50);
