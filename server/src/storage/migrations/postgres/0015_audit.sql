-- Who did what that others have to answer for. Rows are added and never changed, apart from the id of a
-- user that gets another one. means: by what, null where nobody was signed in. details: a JSON object.
ALTER TABLE accounts ADD COLUMN next_audit_entry_id BIGINT NOT NULL DEFAULT 1;
CREATE TABLE audit_entries (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT,
  means TEXT,
  token_id BIGINT,
  token_name TEXT,
  action TEXT NOT NULL,
  subject_kind TEXT,
  subject_id BIGINT,
  subject_name TEXT,
  details TEXT NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX audit_entries_at ON audit_entries (account_id, at, id);
CREATE INDEX audit_entries_actor ON audit_entries (account_id, actor_id, at, id);
CREATE INDEX audit_entries_action ON audit_entries (account_id, action, at, id);
CREATE INDEX audit_entries_subject ON audit_entries (account_id, subject_kind, subject_id, at, id);
