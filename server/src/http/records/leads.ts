import { type LeadQuery, leadSorts } from '@doorstep/contract/leads'

import { leadKind } from '../../domain/leads.ts'
import type { RecordFilter } from '../../domain/records.ts'
import { type FilterReaders, type OfEveryList, readFilter } from '../request/filter-readers.ts'
import { toSort } from '../request/pages.ts'
import { sharedReaders } from './filters.ts'
import { recordHandlers } from './records.ts'

const filterReaders: FilterReaders<LeadQuery, OfEveryList, RecordFilter> = {
  ...sharedReaders,
  organization_name: ({ organization_name: name }) => ({ name }),
  status: ({ status }) => ({ status }),
  source_id: ({ source_id: sourceId }) => ({ sourceId }),
}

export const toLeadFilter = (query: Omit<LeadQuery, OfEveryList>): RecordFilter =>
  readFilter(Object.values(filterReaders), query)

export const leads = recordHandlers<LeadQuery>(leadKind, {
  toFilter: toLeadFilter,
  toSort: (query) => {
    const { field, descending } = toSort(query.sort_by ?? 'updated_at', leadSorts)
    return { field: field === 'organization_name' ? 'name' : field, descending }
  },
})
