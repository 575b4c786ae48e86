import type { SharedFilters } from '@doorstep/contract/records'

import type { RecordFilter } from '../../domain/records.ts'
import { type FilterReaders, readFilter } from '../request/filter-readers.ts'

type AddressQuery = NonNullable<SharedFilters['address']>

const addressReaders: FilterReaders<AddressQuery, never, RecordFilter> = {
  city: ({ city }) => ({ city }),
  postal_code: ({ postal_code: postalCode }) => ({ postalCode }),
  state: ({ state }) => ({ state }),
  country: ({ country }) => ({ country }),
}

/** Filters that leads and contacts share. */
export const sharedReaders: FilterReaders<SharedFilters, never, RecordFilter> = {
  creator_id: ({ creator_id: creatorId }) => ({ creatorId }),
  owner_id: ({ owner_id: ownerId }) => ({ ownerId }),
  first_name: ({ first_name: firstName }) => ({ firstName }),
  last_name: ({ last_name: lastName }) => ({ lastName }),
  email: ({ email }) => ({ email }),
  phone: ({ phone }) => ({ phone }),
  mobile: ({ mobile }) => ({ mobile }),
  address: ({ address = {} }) => readFilter(Object.values(addressReaders), address),
  custom_fields: ({ custom_fields: customFields }) => ({ customFields }),
}
