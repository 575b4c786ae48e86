-- What is found by typing. words: an object's folded words, separated by spaces, after one that names
-- account and kind, such as `@1k0`. kind: position in the list of schema.ts. This table and its index
-- are filled by every write, and by the server for what was stored before.
CREATE TABLE searched (
  doc_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts,
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  words TEXT NOT NULL,
  UNIQUE (account_id, kind, id)
) STRICT;

-- Splits at spaces only, because the words are folded already.
CREATE VIRTUAL TABLE searched_words USING fts5 (
  words, content = 'searched', content_rowid = 'doc_id', detail = none, prefix = '1 2',
  tokenize = "ascii tokenchars '@'"
);
CREATE TRIGGER searched_added AFTER INSERT ON searched BEGIN
  INSERT INTO searched_words (rowid, words) VALUES (new.doc_id, new.words);
END;
CREATE TRIGGER searched_removed AFTER DELETE ON searched BEGIN
  INSERT INTO searched_words (searched_words, rowid, words)
    VALUES ('delete', old.doc_id, old.words);
END;
CREATE TRIGGER searched_changed AFTER UPDATE OF words ON searched WHEN old.words <> new.words BEGIN
  INSERT INTO searched_words (searched_words, rowid, words)
    VALUES ('delete', old.doc_id, old.words);
  INSERT INTO searched_words (rowid, words) VALUES (new.doc_id, new.words);
END;

-- Accounts of which everything is in `searched`. version: of the rules by which words are folded.
CREATE TABLE search_indexes (
  account_id INTEGER PRIMARY KEY REFERENCES accounts,
  version INTEGER NOT NULL
) STRICT;

-- How often a customer is to be visited, in days; null: as the account says, or not regularly.
ALTER TABLE accounts ADD COLUMN visit_every_days INTEGER;
ALTER TABLE leads ADD COLUMN visit_every_days INTEGER;
ALTER TABLE contacts ADD COLUMN visit_every_days INTEGER;

-- changed_at: when this server last saved the record, by its own clock.
ALTER TABLE leads ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
UPDATE leads SET changed_at = updated_at;
UPDATE contacts SET changed_at = updated_at;
CREATE INDEX leads_changed ON leads
  (account_id, changed_at, id, owner_id, latitude, longitude);
CREATE INDEX contacts_changed ON contacts
  (account_id, changed_at, id, owner_id, latitude, longitude);

-- deleted_at: 0 where the record was deleted before this column existed.
ALTER TABLE deleted_records ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deleted_records_at ON deleted_records (account_id, resource_kind, deleted_at, id);

-- Visits that were too far from their record, as long as it is known where the rep was.
CREATE INDEX visits_stray ON visits (account_id, resource_kind, resource_id, owner_id)
  WHERE status = 1 AND evidence IS NOT NULL AND latitude IS NOT NULL;
