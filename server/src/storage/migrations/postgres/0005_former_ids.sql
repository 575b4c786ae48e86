-- The id that a user had here before an import gave them that of Sell (PROTOCOL A.8).
ALTER TABLE users ADD COLUMN former_id BIGINT;
