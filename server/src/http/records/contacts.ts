import { type ContactQuery, contactSorts } from '@doorstep/contract/contacts'
import type { SharedFilters } from '@doorstep/contract/records'

import { contactKind } from '../../domain/contacts.ts'
import type { RecordFilter } from '../../domain/records.ts'
import { toSort } from '../request/pages.ts'
import { toSharedFilter } from './filters.ts'
import { recordHandlers } from './handlers.ts'

type Filters = Pick<ContactQuery, keyof SharedFilters | 'name' | 'contact_id' | 'is_organization'>

export const toContactFilter = (query: Filters): RecordFilter => ({
  ...toSharedFilter(query),
  name: query.name,
  contactId: query.contact_id,
  isOrganization: query.is_organization,
})

export const contacts = recordHandlers<ContactQuery>(contactKind, {
  toFilter: toContactFilter,
  toSort: (query) => toSort(query.sort_by ?? 'last_name', contactSorts),
})
