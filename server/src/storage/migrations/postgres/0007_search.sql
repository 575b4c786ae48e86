-- What is found by typing. words: an object's folded words, separated by spaces, after one that names
-- account and kind, such as `@1k0`. kind: position in the list of schema.ts. This table is filled by
-- every write, and by the server for what was stored before.
CREATE TABLE searched (
  doc_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts,
  kind BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  words TEXT COLLATE "C" NOT NULL,
  vector TSVECTOR NOT NULL
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED,
  UNIQUE (account_id, kind, id)
);
CREATE INDEX searched_vector ON searched USING gin (vector) WITH (fastupdate = off);

-- Accounts of which everything is in `searched`. version: of the rules by which words are folded.
CREATE TABLE search_indexes (
  account_id BIGINT PRIMARY KEY REFERENCES accounts,
  version BIGINT NOT NULL
);

-- How often a customer is to be visited, in days; null: as the account says, or not regularly.
ALTER TABLE accounts ADD COLUMN visit_every_days BIGINT;
ALTER TABLE leads ADD COLUMN visit_every_days BIGINT;
ALTER TABLE contacts ADD COLUMN visit_every_days BIGINT;

-- changed_at: when this server last saved the record, by its own clock.
ALTER TABLE leads ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE leads SET changed_at = updated_at;
UPDATE contacts SET changed_at = updated_at;
CREATE INDEX leads_changed ON leads
  (account_id, changed_at, id, owner_id, latitude, longitude);
CREATE INDEX contacts_changed ON contacts
  (account_id, changed_at, id, owner_id, latitude, longitude);

-- deleted_at: 0 where the record was deleted before this column existed.
ALTER TABLE deleted_records ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX deleted_records_at ON deleted_records (account_id, resource_kind, deleted_at, id);

-- Visits that were too far from their record, as long as it is known where the rep was.
CREATE INDEX visits_stray ON visits (account_id, resource_kind, resource_id, owner_id)
  WHERE status = 1 AND evidence IS NOT NULL AND latitude IS NOT NULL;
