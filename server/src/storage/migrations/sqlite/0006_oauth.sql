ALTER TABLE accounts ADD COLUMN next_oauth_client_id INTEGER NOT NULL DEFAULT 1;

-- uid: the client_id of the protocol. secret_hash: SHA-256; null: a public client.
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
-- A client comes without its account: this index does not begin with it.
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

-- grant_hash: what all tokens that one consent led to have in common.
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

-- Null for personal tokens.
ALTER TABLE access_tokens ADD COLUMN oauth_client_id INTEGER;
ALTER TABLE access_tokens ADD COLUMN oauth_grant_hash TEXT;
CREATE INDEX access_tokens_oauth_grant ON access_tokens (account_id, oauth_grant_hash)
  WHERE oauth_grant_hash IS NOT NULL;
CREATE INDEX access_tokens_oauth_client ON access_tokens (account_id, oauth_client_id)
  WHERE oauth_client_id IS NOT NULL;
CREATE INDEX access_tokens_oauth_expires ON access_tokens (account_id, expires_at)
  WHERE oauth_client_id IS NOT NULL;
