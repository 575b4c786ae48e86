-- Who did what that others have to answer for. Rows are added and never changed, apart from the id of a
-- user that gets another one. means: by what, null where nobody was signed in. details: a JSON object.
ALTER TABLE accounts ADD COLUMN next_audit_entry_id INTEGER NOT NULL DEFAULT 1;
CREATE TABLE audit_entries (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_id INTEGER,
  means TEXT,
  token_id INTEGER,
  token_name TEXT,
  action TEXT NOT NULL,
  subject_kind TEXT,
  subject_id INTEGER,
  subject_name TEXT,
  details TEXT NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_entries_at ON audit_entries (account_id, at, id);
CREATE INDEX audit_entries_actor ON audit_entries (account_id, actor_id, at, id);
CREATE INDEX audit_entries_action ON audit_entries (account_id, action, at, id);
CREATE INDEX audit_entries_subject ON audit_entries (account_id, subject_kind, subject_id, at, id);
