import { type LeadQuery, leadSorts } from '@doorstep/contract/leads'

import { leadKind } from '../../domain/leads.ts'
import { toSort } from '../request/pages.ts'
import { toSharedFilter } from './filters.ts'
import { recordHandlers } from './handlers.ts'

export const leads = recordHandlers<LeadQuery>(leadKind, {
  toFilter: (query) => ({
    ...toSharedFilter(query),
    name: query.organization_name,
    status: query.status,
    sourceId: query.source_id,
  }),
  toSort: (query) => {
    const { field, descending } = toSort(query.sort_by ?? 'updated_at', leadSorts)
    return { field: field === 'organization_name' ? 'name' : field, descending }
  },
})
