-- What visits are filtered by besides. reason, review: positions in the lists of schema.ts; flags: bits
-- of one. review: null where nobody needs to look.
ALTER TABLE visits ADD COLUMN reason BIGINT;
ALTER TABLE visits ADD COLUMN flags BIGINT NOT NULL DEFAULT 0;
ALTER TABLE visits ADD COLUMN review BIGINT;

UPDATE visits SET
  reason = CASE CAST(evidence AS json) ->> 'reason'
    WHEN 'permission_denied' THEN 0
    WHEN 'no_fix' THEN 1
    WHEN 'not_on_device' THEN 2
    WHEN 'invalid_fix' THEN 3
    WHEN 'mock_location' THEN 4
    WHEN 'address_missing' THEN 5
    WHEN 'address_imprecise' THEN 6
    WHEN 'stale_fix' THEN 7
    WHEN 'inaccurate_fix' THEN 8
    WHEN 'within_radius' THEN 9
    WHEN 'outside_radius' THEN 10
    WHEN 'borderline' THEN 11
  END,
  flags = coalesce((SELECT sum(CASE value
      WHEN 'impossible_speed' THEN 1
      WHEN 'repeated_coordinates' THEN 2
      WHEN 'accuracy_zero_or_constant' THEN 4
      WHEN 'clock_skew' THEN 8
      WHEN 'late_sync' THEN 16
      WHEN 'mock_location' THEN 32
      WHEN 'visited_at_far_from_fix' THEN 64
      WHEN 'self_placed' THEN 128 END)
    FROM json_array_elements_text(CAST(evidence AS json) -> 'flags')), 0)
WHERE evidence IS NOT NULL;
-- Too far, borderline, or with flags.
UPDATE visits SET review = 0 WHERE status = 1 OR reason = 11 OR flags <> 0;

-- Four indexes, one for each order, have every column that filters read. visits_kind is that of ids.
DROP INDEX visits_kind;
DROP INDEX visits_visited;
CREATE INDEX visits_kind ON visits
  (account_id, resource_kind, id, creator_id, outcome_id, status, owner_id, resource_id,
   visited_at, created_at, updated_at, reason, flags, review);
CREATE INDEX visits_visited ON visits
  (account_id, visited_at, id, creator_id, outcome_id, status, resource_kind, owner_id, resource_id,
   created_at, updated_at, reason, flags, review);
CREATE INDEX visits_created ON visits
  (account_id, created_at, id, creator_id, outcome_id, status, resource_kind, owner_id, resource_id,
   visited_at, updated_at, reason, flags, review);
CREATE INDEX visits_updated ON visits
  (account_id, updated_at, id, creator_id, outcome_id, status, resource_kind, owner_id, resource_id,
   visited_at, created_at, reason, flags, review);
CREATE INDEX visits_review ON visits
  (account_id, review, id, creator_id, outcome_id, status, resource_kind, owner_id)
  WHERE review IS NOT NULL;
CREATE INDEX visits_review_visited ON visits
  (account_id, review, visited_at, id, creator_id, outcome_id, status, resource_kind, owner_id)
  WHERE review IS NOT NULL;
CREATE INDEX leads_place ON leads (account_id, latitude, longitude, id) WHERE latitude IS NOT NULL;
CREATE INDEX contacts_place ON contacts (account_id, latitude, longitude, id)
  WHERE latitude IS NOT NULL;
