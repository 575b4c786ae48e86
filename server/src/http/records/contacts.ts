import { type ContactQuery, contactSorts } from '@doorstep/contract/contacts'

import { contactKind } from '../../domain/contacts.ts'
import type { RecordFilter } from '../../domain/records.ts'
import { type FilterReaders, type OfEveryList, readFilter } from '../request/filter-readers.ts'
import { toSort } from '../request/pages.ts'
import { sharedReaders } from './filters.ts'
import { recordHandlers } from './records.ts'

const filterReaders: FilterReaders<ContactQuery, OfEveryList, RecordFilter> = {
  ...sharedReaders,
  name: ({ name }) => ({ name }),
  contact_id: ({ contact_id: contactId }) => ({ contactId }),
  is_organization: ({ is_organization: isOrganization }) => ({ isOrganization }),
}

export const toContactFilter = (query: Omit<ContactQuery, OfEveryList>): RecordFilter =>
  readFilter(Object.values(filterReaders), query)

export const contacts = recordHandlers<ContactQuery>(contactKind, {
  toFilter: toContactFilter,
  toSort: (query) => toSort(query.sort_by ?? 'last_name', contactSorts),
})
