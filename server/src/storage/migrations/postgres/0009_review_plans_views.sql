-- Who deleted a lead or contact; null: nobody noted it.
ALTER TABLE deleted_records ADD COLUMN deleted_by BIGINT;

-- Queries of the list of visits that users keep. columns: JSON array of names.
ALTER TABLE accounts ADD COLUMN next_saved_view_id BIGINT NOT NULL DEFAULT 1;
CREATE TABLE saved_views (
  account_id BIGINT NOT NULL REFERENCES accounts,
  id BIGINT NOT NULL,
  creator_id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  query TEXT COLLATE "C" NOT NULL,
  columns TEXT COLLATE "C" NOT NULL,
  is_shared BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);

-- Whom a user means to visit on a day (YYYY-MM-DD), in the order of their numbers. A user without a
-- plan costs a check-in one look into the primary key.
CREATE TABLE plan_stops (
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL,
  resource_kind BIGINT NOT NULL,
  resource_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  skip_reason TEXT COLLATE "C",
  visit_id BIGINT,
  PRIMARY KEY (account_id, user_id, day, resource_kind, resource_id)
);
CREATE INDEX plan_stops_visit ON plan_stops (account_id, visit_id) WHERE visit_id IS NOT NULL;

-- Whether check-ins of the user use the location that their phone reports.
ALTER TABLE users ADD COLUMN shares_location BIGINT NOT NULL DEFAULT 1;

-- Who looked at the precise place of user_id at a visit; one row for each viewer and hour (since 1970).
CREATE TABLE location_looks (
  account_id BIGINT NOT NULL REFERENCES accounts,
  user_id BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  viewer_id BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account_id, user_id, visit_id, viewer_id, hour)
);
CREATE INDEX location_looks_user ON location_looks (account_id, user_id, at);
CREATE INDEX location_looks_at ON location_looks (account_id, at);

-- What reviewers and creators said about a visit, by number; the highest is how it stands. sequence: of
-- the visit's newest event at that time.
CREATE TABLE visit_reviews (
  account_id BIGINT NOT NULL REFERENCES accounts,
  visit_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  verdict TEXT COLLATE "C" NOT NULL,
  note TEXT COLLATE "C",
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  PRIMARY KEY (account_id, visit_id, number)
);
