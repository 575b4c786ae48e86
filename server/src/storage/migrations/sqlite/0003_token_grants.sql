-- What users have allowed clients, each with an id to end it by. hash: the grant_hash of its tokens.
-- expires_at: of a grant without a refresh token.
CREATE TABLE oauth_grants (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  client_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, hash)
) STRICT;
CREATE INDEX oauth_grants_user ON oauth_grants (account_id, user_id, id);
CREATE INDEX oauth_grants_client ON oauth_grants (account_id, client_id);
CREATE INDEX oauth_grants_expires ON oauth_grants (account_id, expires_at)
  WHERE expires_at IS NOT NULL;

ALTER TABLE accounts ADD COLUMN next_grant_id INTEGER NOT NULL DEFAULT 1;

-- Grants that exist are those with a refresh token; the others end within the hour.
INSERT INTO oauth_grants (account_id, id, hash, client_id, user_id, scopes, created_at)
  SELECT account_id, row_number() OVER (PARTITION BY account_id ORDER BY min(created_at), grant_hash),
    grant_hash, min(client_id), min(user_id), min(scopes), min(created_at)
  FROM oauth_refresh_tokens GROUP BY account_id, grant_hash;
UPDATE accounts SET next_grant_id = 1 +
  (SELECT count(*) FROM oauth_grants g WHERE g.account_id = accounts.account_id);

-- The grant with whose token a personal token was made, directly or not.
ALTER TABLE access_tokens ADD COLUMN made_with_grant_hash TEXT;
CREATE INDEX access_tokens_made_with_grant ON access_tokens (account_id, made_with_grant_hash)
  WHERE made_with_grant_hash IS NOT NULL;
