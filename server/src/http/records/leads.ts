import { type LeadQuery, leadSorts } from '@doorstep/contract/leads'
import type { SharedFilters } from '@doorstep/contract/records'

import { leadKind } from '../../domain/leads.ts'
import type { RecordFilter } from '../../domain/records.ts'
import { toSort } from '../request/pages.ts'
import { toSharedFilter } from './filters.ts'
import { recordHandlers } from './handlers.ts'

type Filters = Pick<LeadQuery, keyof SharedFilters | 'organization_name' | 'status' | 'source_id'>

export const toLeadFilter = (query: Filters): RecordFilter => ({
  ...toSharedFilter(query),
  name: query.organization_name,
  status: query.status,
  sourceId: query.source_id,
})

export const leads = recordHandlers<LeadQuery>(leadKind, {
  toFilter: toLeadFilter,
  toSort: (query) => {
    const { field, descending } = toSort(query.sort_by ?? 'updated_at', leadSorts)
    return { field: field === 'organization_name' ? 'name' : field, descending }
  },
})
