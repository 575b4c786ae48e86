-- The id that a user had here before an import gave them that of Sell (PROTOCOL A.8).
ALTER TABLE users ADD COLUMN former_id INTEGER;

-- Of users whose id changed before: the answers that are kept for their keys name the former one.
UPDATE users SET former_id = (
  SELECT json_extract(k.body, '$.data.creator_id') FROM idempotency_keys k
  WHERE k.account_id = users.account_id AND k.user_id = users.id AND
    CASE WHEN json_valid(k.body) THEN json_extract(k.body, '$.data.creator_id') <> users.id END
  LIMIT 1
);
