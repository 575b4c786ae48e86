-- What lists of leads and contacts are filtered and sorted by; the code fills it from `attributes`.
-- name: of a contact, or the organization_name of a lead. email_key: in lower case. Sorted columns
-- are never null, so that every engine puts the empty ones first. custom_fields: a JSON object, or
-- null for none.
ALTER TABLE leads ADD COLUMN creator_id INTEGER;
ALTER TABLE leads ADD COLUMN source_id INTEGER;
ALTER TABLE leads ADD COLUMN contact_id INTEGER;
ALTER TABLE leads ADD COLUMN is_organization INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN status TEXT;
ALTER TABLE leads ADD COLUMN email_key TEXT;
ALTER TABLE leads ADD COLUMN phone TEXT;
ALTER TABLE leads ADD COLUMN mobile TEXT;
ALTER TABLE leads ADD COLUMN city TEXT;
ALTER TABLE leads ADD COLUMN postal_code TEXT;
ALTER TABLE leads ADD COLUMN state TEXT;
ALTER TABLE leads ADD COLUMN country TEXT;
ALTER TABLE leads ADD COLUMN custom_fields TEXT;

ALTER TABLE contacts ADD COLUMN creator_id INTEGER;
ALTER TABLE contacts ADD COLUMN source_id INTEGER;
ALTER TABLE contacts ADD COLUMN contact_id INTEGER;
ALTER TABLE contacts ADD COLUMN is_organization INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN last_name TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN status TEXT;
ALTER TABLE contacts ADD COLUMN email_key TEXT;
ALTER TABLE contacts ADD COLUMN phone TEXT;
ALTER TABLE contacts ADD COLUMN mobile TEXT;
ALTER TABLE contacts ADD COLUMN city TEXT;
ALTER TABLE contacts ADD COLUMN postal_code TEXT;
ALTER TABLE contacts ADD COLUMN state TEXT;
ALTER TABLE contacts ADD COLUMN country TEXT;
ALTER TABLE contacts ADD COLUMN custom_fields TEXT;

UPDATE leads SET
  creator_id = CAST(attributes ->> '$.creator_id' AS INTEGER),
  source_id = CAST(attributes ->> '$.source_id' AS INTEGER),
  first_name = coalesce(attributes ->> '$.first_name', ''),
  last_name = coalesce(attributes ->> '$.last_name', ''),
  name = coalesce(attributes ->> '$.organization_name', ''),
  status = coalesce(attributes ->> '$.status', 'New'),
  email_key = nullif(lower(attributes ->> '$.email'), ''),
  phone = nullif(attributes ->> '$.phone', ''),
  mobile = nullif(attributes ->> '$.mobile', ''),
  city = nullif(attributes ->> '$.address.city', ''),
  postal_code = nullif(attributes ->> '$.address.postal_code', ''),
  state = nullif(attributes ->> '$.address.state', ''),
  country = nullif(attributes ->> '$.address.country', ''),
  custom_fields = CASE WHEN json_type(attributes, '$.custom_fields') = 'object'
    THEN nullif(attributes -> '$.custom_fields', '{}') END;

UPDATE contacts SET
  creator_id = CAST(attributes ->> '$.creator_id' AS INTEGER),
  contact_id = CAST(attributes ->> '$.contact_id' AS INTEGER),
  first_name = coalesce(attributes ->> '$.first_name', ''),
  last_name = coalesce(attributes ->> '$.last_name', ''),
  is_organization = coalesce(json_type(attributes, '$.is_organization') = 'true', 0),
  name = coalesce(attributes ->> '$.name', trim(concat_ws(' ',
    attributes ->> '$.first_name', attributes ->> '$.last_name'))),
  email_key = nullif(lower(attributes ->> '$.email'), ''),
  phone = nullif(attributes ->> '$.phone', ''),
  mobile = nullif(attributes ->> '$.mobile', ''),
  city = nullif(attributes ->> '$.address.city', ''),
  postal_code = nullif(attributes ->> '$.address.postal_code', ''),
  state = nullif(attributes ->> '$.address.state', ''),
  country = nullif(attributes ->> '$.address.country', ''),
  custom_fields = CASE WHEN json_type(attributes, '$.custom_fields') = 'object'
    THEN nullif(attributes -> '$.custom_fields', '{}') END;

-- The walk of the default sort ends with the columns that filters seldom select by.
CREATE INDEX leads_created_at ON leads (account_id, created_at, id);
CREATE INDEX leads_updated_at ON leads
  (account_id, updated_at, id, status, source_id, creator_id, owner_id, state, country);
CREATE INDEX leads_first_name ON leads (account_id, first_name, id);
CREATE INDEX leads_last_name ON leads (account_id, last_name, id);
CREATE INDEX leads_name ON leads (account_id, name, id);
CREATE INDEX leads_owner ON leads (account_id, owner_id, updated_at, id);
CREATE INDEX leads_email ON leads (account_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX leads_phone ON leads (account_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX leads_mobile ON leads (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX leads_city ON leads (account_id, city, id) WHERE city IS NOT NULL;
CREATE INDEX leads_postal_code ON leads (account_id, postal_code, id) WHERE postal_code IS NOT NULL;

CREATE INDEX contacts_created_at ON contacts (account_id, created_at, id);
CREATE INDEX contacts_updated_at ON contacts (account_id, updated_at, id);
CREATE INDEX contacts_first_name ON contacts (account_id, first_name, id);
CREATE INDEX contacts_last_name ON contacts
  (account_id, last_name, id, is_organization, creator_id, owner_id, state, country);
CREATE INDEX contacts_name ON contacts (account_id, name, id);
CREATE INDEX contacts_owner ON contacts (account_id, owner_id, last_name, id);
CREATE INDEX contacts_email ON contacts (account_id, email_key, id) WHERE email_key IS NOT NULL;
CREATE INDEX contacts_phone ON contacts (account_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX contacts_mobile ON contacts (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX contacts_city ON contacts (account_id, city, id) WHERE city IS NOT NULL;
CREATE INDEX contacts_postal_code ON contacts (account_id, postal_code, id) WHERE postal_code IS NOT NULL;
CREATE INDEX contacts_contact ON contacts (account_id, contact_id, id) WHERE contact_id IS NOT NULL;
