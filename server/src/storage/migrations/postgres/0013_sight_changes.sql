-- What changes who sees a visit without changing the visit, in the order in which it was committed: a
-- lead or contact with visits that changed its owner, a user that changed manager or role. kind: the
-- position in the list of sight-changes.ts. head: the newest event before it.
ALTER TABLE account_stream ADD COLUMN sight BIGINT NOT NULL DEFAULT 0;
CREATE TABLE sight_changes (
  account_id BIGINT NOT NULL REFERENCES accounts,
  number BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  former_id BIGINT,
  head BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, number)
);
