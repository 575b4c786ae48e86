-- Records that have an address and no point. due_at: when to ask the geocoder; null: not again.
CREATE TABLE geocoding_jobs (
  account_id INTEGER NOT NULL REFERENCES accounts,
  resource_kind INTEGER NOT NULL,
  resource_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  failure TEXT,
  detail TEXT,
  PRIMARY KEY (account_id, resource_kind, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX geocoding_jobs_due ON geocoding_jobs (account_id, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX leads_unplaced ON leads (account_id, id)
  WHERE latitude IS NULL OR location_precision IN ('street', 'postcode', 'city');
CREATE INDEX contacts_unplaced ON contacts (account_id, id)
  WHERE latitude IS NULL OR location_precision IN ('street', 'postcode', 'city');
