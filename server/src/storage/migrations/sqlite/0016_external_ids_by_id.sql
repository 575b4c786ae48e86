-- What other products call one object.
CREATE INDEX external_ids_by_id ON external_ids (account_id, kind, id);
