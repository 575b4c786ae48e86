-- ahead_until: up to this offset a clock that was ahead may have dated events. Until they are dated
-- anew, appended_at may fall there while the offset rises.
ALTER TABLE account_stream ADD COLUMN ahead_until BIGINT;
