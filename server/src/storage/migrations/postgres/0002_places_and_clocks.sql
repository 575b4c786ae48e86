-- ahead_until: up to this offset a clock that was ahead may have dated events. Until they are dated
-- anew, appended_at may fall there while the offset rises.
ALTER TABLE account_stream ADD COLUMN ahead_until BIGINT;

-- placed_by: the user who set the point; null: a geocoder or an import did, or it was before this.
-- verification_radius_by: the user who set the radius.
ALTER TABLE leads ADD COLUMN placed_by BIGINT;
ALTER TABLE leads ADD COLUMN verification_radius_by BIGINT;
ALTER TABLE contacts ADD COLUMN placed_by BIGINT;
ALTER TABLE contacts ADD COLUMN verification_radius_by BIGINT;
ALTER TABLE record_sites ADD COLUMN placed_by BIGINT;
