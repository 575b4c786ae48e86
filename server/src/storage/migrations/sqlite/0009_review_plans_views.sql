-- Who deleted a lead or contact; null: nobody noted it.
ALTER TABLE deleted_records ADD COLUMN deleted_by INTEGER;

-- Queries of the list of visits that users keep. columns: JSON array of names.
ALTER TABLE accounts ADD COLUMN next_saved_view_id INTEGER NOT NULL DEFAULT 1;
CREATE TABLE saved_views (
  account_id INTEGER NOT NULL REFERENCES accounts,
  id INTEGER NOT NULL,
  creator_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  columns TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;

-- Whom a user means to visit on a day (YYYY-MM-DD), in the order of their numbers. A user without a
-- plan costs a check-in one look into the primary key.
CREATE TABLE plan_stops (
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  skip_reason TEXT,
  visit_id INTEGER,
  PRIMARY KEY (account_id, user_id, day, resource_kind, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_stops_visit ON plan_stops (account_id, visit_id) WHERE visit_id IS NOT NULL;

-- Whether check-ins of the user use the location that their phone reports.
ALTER TABLE users ADD COLUMN shares_location INTEGER NOT NULL DEFAULT 1;

-- Who looked at the precise place of user_id at a visit; one row for each viewer and hour (since 1970).
CREATE TABLE location_looks (
  account_id INTEGER NOT NULL REFERENCES accounts,
  user_id INTEGER NOT NULL,
  visit_id INTEGER NOT NULL,
  viewer_id INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id, visit_id, viewer_id, hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_looks_user ON location_looks (account_id, user_id, at);
CREATE INDEX location_looks_at ON location_looks (account_id, at);

-- What reviewers and creators said about a visit, by number; the highest is how it stands. sequence: of
-- the visit's newest event at that time.
CREATE TABLE visit_reviews (
  account_id INTEGER NOT NULL REFERENCES accounts,
  visit_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  note TEXT,
  user_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (account_id, visit_id, number)
) STRICT, WITHOUT ROWID;
