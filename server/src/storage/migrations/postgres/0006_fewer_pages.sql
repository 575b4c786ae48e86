-- Who logged a visit sees it anyway: that they own the lead as well, as most of them do, needs no
-- place in an index.
DROP INDEX visits_owner;
CREATE INDEX visits_owner ON visits
  (account_id, owner_id, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;
DROP INDEX visits_owner_visited;
CREATE INDEX visits_owner_visited ON visits
  (account_id, owner_id, visited_at, id, creator_id, outcome_id, status, resource_kind)
  WHERE owner_id <> creator_id;

-- Keys that begin with the time lie together, whoever sends them.
ALTER TABLE idempotency_keys
  DROP CONSTRAINT idempotency_keys_pkey,
  ADD PRIMARY KEY (account_id, key, user_id);
