import { type ContactQuery, contactSorts } from '@doorstep/contract/contacts'

import { contactKind } from '../../domain/contacts.ts'
import { toSort } from '../request/pages.ts'
import { toSharedFilter } from './filters.ts'
import { recordHandlers } from './handlers.ts'

export const contacts = recordHandlers<ContactQuery>(contactKind, {
  toFilter: (query) => ({
    ...toSharedFilter(query),
    name: query.name,
    contactId: query.contact_id,
    isOrganization: query.is_organization,
  }),
  toSort: (query) => toSort(query.sort_by ?? 'last_name', contactSorts),
})
