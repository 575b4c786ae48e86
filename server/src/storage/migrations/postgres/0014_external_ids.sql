-- What leads, contacts and visits are called in the products that they were imported from. kind: the
-- position in the list of external-ids.ts.
CREATE TABLE external_ids (
  account_id BIGINT NOT NULL REFERENCES accounts,
  source TEXT NOT NULL,
  kind BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind, external_id, source)
);
