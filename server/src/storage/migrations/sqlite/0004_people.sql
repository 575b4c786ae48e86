-- Into which outcome this one was merged, and up to which visit its visits have moved (null: all).
ALTER TABLE visit_outcomes ADD COLUMN merged_into_id INTEGER;
ALTER TABLE visit_outcomes ADD COLUMN merge_after_visit_id INTEGER;

ALTER TABLE access_tokens ADD COLUMN last_used_at INTEGER;
CREATE INDEX access_tokens_user ON access_tokens (account_id, user_id, id);

-- Somebody signs in by e-mail before the account is known: this index does not begin with it.
CREATE INDEX users_email ON users (email_key);

-- hash: SHA-256 of the id in the cookie, which comes without its account.
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_user ON sessions (account_id, user_id);
CREATE INDEX sessions_used ON sessions (account_id, last_used_at);

-- What this server signs with.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
