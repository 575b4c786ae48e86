-- Ids that a list of the source has named, whether the items could be kept or not.
CREATE TABLE import_listed (
  account_id BIGINT NOT NULL REFERENCES accounts,
  import_id BIGINT NOT NULL,
  list TEXT COLLATE "C" NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (account_id, import_id, list, id)
);
