-- Where ids given here begin. The first went to the outcomes that every account began with; an import
-- may have taken the place of some, hence the million below.
ALTER TABLE accounts ADD COLUMN first_local_id BIGINT NOT NULL DEFAULT 2000000000;
UPDATE accounts SET first_local_id = 1000000 * (coalesce(
  (SELECT min(id) FROM visit_outcomes o WHERE o.account_id = accounts.account_id AND o.id >= 2000000000),
  next_outcome_id
) / 1000000);
