-- The sort keys that rows had before they changed. A walk by cursor follows the keys as they were when
-- it began (PROTOCOL 10.1). field: position in the list of schema.ts. revision: that of the account with
-- which the key changed.
CREATE TABLE former_keys (
  account_id BIGINT NOT NULL REFERENCES accounts,
  field BIGINT NOT NULL,
  id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  former_number BIGINT,
  former_text TEXT COLLATE "C",
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, field, id, revision)
);
CREATE INDEX former_keys_revision ON former_keys (account_id, field, revision);
CREATE INDEX former_keys_number ON former_keys (account_id, field, former_number, id)
  WHERE former_number IS NOT NULL;
CREATE INDEX former_keys_text ON former_keys (account_id, field, former_text, id)
  WHERE former_text IS NOT NULL;

-- The highest revision whose former keys have been deleted.
ALTER TABLE account_stream ADD COLUMN keys_dropped BIGINT NOT NULL DEFAULT 0;
