-- What sqlite/0001 to 0007 make, in PostgreSQL's types; comments on columns stand there. Texts sort
-- by code point (COLLATE "C"), as they do in SQLite. Booleans are 0 or 1, times are ms since 1970.

-- fillfactor: a row is changed by every write that gives an id; room for the new version on the
-- same page keeps it out of the indexes (HOT). The rows are few.
CREATE TABLE accounts (
  account_id BIGINT PRIMARY KEY,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  currency TEXT COLLATE "C" NOT NULL,
  time_format TEXT COLLATE "C" NOT NULL,
  timezone TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C",
  subdomain TEXT COLLATE "C",
  next_user_id BIGINT NOT NULL,
  next_token_id BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  next_visit_id BIGINT NOT NULL DEFAULT 2000000000,
  next_outcome_id BIGINT NOT NULL DEFAULT 2000000000,
  next_lead_id BIGINT NOT NULL DEFAULT 2000000000,
  next_contact_id BIGINT NOT NULL DEFAULT 2000000000,
  verification_radius_m BIGINT NOT NULL DEFAULT 300,
  next_pin_change_id BIGINT NOT NULL DEFAULT 1,
  next_oauth_client_id BIGINT NOT NULL DEFAULT 1
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

-- Every write locks and changes the row of its account: most of each page is left free for the next
-- versions, and autovacuum comes after a number of changes, since a share of so few rows says nothing.
CREATE TABLE account_stream (
  account_id BIGINT PRIMARY KEY REFERENCES accounts,
  generation BIGINT NOT NULL DEFAULT 0,
  head BIGINT NOT NULL DEFAULT 0,
  last_dropped BIGINT NOT NULL DEFAULT 0,
  last_event_at BIGINT NOT NULL DEFAULT 0,
  revision BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE stream_forks (
  account_id BIGINT NOT NULL REFERENCES accounts,
  generation BIGINT NOT NULL,
  fork_offset BIGINT NOT NULL,
  PRIMARY KEY (account_id, generation)
);

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
-- Somebody signs in by e-mail before the account is known: this index does not begin with it.
CREATE INDEX users_email ON users (email_key);

-- last_used_at is written once a minute for every token in use.
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
-- A bearer token comes without its account: this index alone does not begin with it.
CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (hash);
CREATE INDEX access_tokens_user ON access_tokens (account_id, user_id, id);
CREATE INDEX access_tokens_oauth_grant ON access_tokens (account_id, oauth_grant_hash)
  WHERE oauth_grant_hash IS NOT NULL;
CREATE INDEX access_tokens_oauth_client ON access_tokens (account_id, oauth_client_id)
  WHERE oauth_client_id IS NOT NULL;
CREATE INDEX access_tokens_oauth_expires ON access_tokens (account_id, expires_at)
  WHERE oauth_client_id IS NOT NULL;

-- The id in the cookie comes without its account: the key is its hash.
CREATE TABLE sessions (
  hash TEXT COLLATE "C" PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (account_id, user_id);
CREATE INDEX sessions_used ON sessions (account_id, last_used_at);

-- What this server signs with; of all accounts.
CREATE TABLE secrets (
  name TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

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
-- A client comes without its account: this index does not begin with it.
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

CREATE TABLE visit_outcomes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  has_original_name BIGINT NOT NULL,
  is_derived BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  refresh_after_visit_id BIGINT,
  color TEXT COLLATE "C",
  icon TEXT COLLATE "C",
  position BIGINT NOT NULL DEFAULT 0,
  active BIGINT NOT NULL DEFAULT 1,
  merged_into_id BIGINT,
  merge_after_visit_id BIGINT,
  PRIMARY KEY (account_id, id)
);

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
  PRIMARY KEY (account_id, id)
);
CREATE TABLE contacts (LIKE leads INCLUDING DEFAULTS);
ALTER TABLE contacts ADD PRIMARY KEY (account_id, id);
ALTER TABLE contacts ADD FOREIGN KEY (account_id) REFERENCES accounts;

CREATE INDEX leads_created_at ON leads (account_id, created_at, id);
CREATE INDEX leads_updated_at ON leads
  (account_id, updated_at, id, status, source_id, creator_id, owner_id, state, country);
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

CREATE INDEX contacts_created_at ON contacts (account_id, created_at, id);
CREATE INDEX contacts_updated_at ON contacts (account_id, updated_at, id);
CREATE INDEX contacts_first_name ON contacts (account_id, first_name, id);
CREATE INDEX contacts_last_name ON contacts
  (account_id, last_name, id, is_organization, creator_id, owner_id, state, country);
CREATE INDEX contacts_name ON contacts (account_id, name, id);
CREATE INDEX contacts_owner ON contacts (account_id, owner_id, last_name, id);
CREATE INDEX contacts_email ON contacts (account_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX contacts_phone ON contacts (account_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX contacts_mobile ON contacts (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX contacts_city ON contacts (account_id, city, id) WHERE city IS NOT NULL;
CREATE INDEX contacts_postal_code ON contacts (account_id, postal_code, id)
  WHERE postal_code IS NOT NULL;
CREATE INDEX contacts_contact ON contacts (account_id, contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX contacts_unplaced ON contacts (account_id, id)
  WHERE latitude IS NULL OR location_precision IN ('street', 'postcode', 'city');

-- No foreign key to accounts here and in visit_events: each row's check costs a query of its own,
-- and rows are written only under the lock of their account's stream, which is there. fillfactor: a
-- visit that changes without changing what it is listed by stays on its page (HOT).
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
CREATE INDEX visits_rep_location ON visits (account_id, created_at)
  WHERE evidence IS NOT NULL AND latitude IS NOT NULL;

CREATE TABLE deleted_visits (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);

-- A partition holds the events of some days and is dropped whole (event-partitions.ts makes them).
-- Keys of a partitioned table have to name the column that it is parted by.
CREATE TABLE visit_events (
  account_id BIGINT NOT NULL,
  "offset" BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  appended_at BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, "offset", appended_at)
) PARTITION BY RANGE (appended_at);
CREATE UNIQUE INDEX visit_events_visit ON visit_events
  (account_id, visit_id, sequence, appended_at);
-- Events of days for which no partition was made in time.
CREATE TABLE visit_events_default PARTITION OF visit_events DEFAULT;

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

CREATE TABLE idempotency_keys (
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL,
  status BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, user_id, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (account_id, created_at);

CREATE TABLE past_verifications (
  account_id BIGINT NOT NULL REFERENCES accounts,
  visit_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  evidence TEXT COLLATE "C" NOT NULL,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, visit_id, sequence)
);

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
