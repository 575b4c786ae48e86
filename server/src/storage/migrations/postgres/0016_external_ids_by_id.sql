-- What other products call one object, in the same order on both engines.
ALTER TABLE external_ids
  ALTER COLUMN source TYPE TEXT COLLATE "C",
  ALTER COLUMN external_id TYPE TEXT COLLATE "C";
CREATE INDEX external_ids_by_id ON external_ids (account_id, kind, id);
