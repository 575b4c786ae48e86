-- The id that a user had here before an import gave them that of Sell (PROTOCOL A.8).
ALTER TABLE users ADD COLUMN former_id BIGINT;

-- Of users whose id changed before: the answers that are kept for their keys name the former one.
UPDATE users SET former_id = (
  SELECT substring(k.body from '"creator_id":([0-9]{1,16}),')::bigint FROM idempotency_keys k
  WHERE k.account_id = users.account_id AND k.user_id = users.id
    AND substring(k.body from '"creator_id":([0-9]{1,16}),')::bigint <> users.id
  LIMIT 1
);
