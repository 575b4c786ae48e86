-- Visits logged here whose precise place is still kept.
CREATE INDEX visits_rep_location ON visits (account_id, created_at)
  WHERE evidence IS NOT NULL AND latitude IS NOT NULL;

-- Verdicts that a re-verification has replaced, newest last.
CREATE TABLE past_verifications (
  account_id INTEGER NOT NULL REFERENCES accounts,
  visit_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, visit_id, sequence)
) STRICT, WITHOUT ROWID;

ALTER TABLE accounts ADD COLUMN next_pin_change_id INTEGER NOT NULL DEFAULT 1;

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
