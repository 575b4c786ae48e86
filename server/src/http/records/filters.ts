import type { SharedFilters } from '@doorstep/contract/records'

import type { RecordFilter } from '../../domain/records.ts'

/** Filters that leads and contacts share. */
export const toSharedFilter = (query: SharedFilters): RecordFilter => ({
  creatorId: query.creator_id,
  ownerId: query.owner_id,
  firstName: query.first_name,
  lastName: query.last_name,
  email: query.email,
  phone: query.phone,
  mobile: query.mobile,
  city: query.address?.city,
  postalCode: query.address?.postal_code,
  state: query.address?.state,
  country: query.address?.country,
  customFields: query.custom_fields,
})
