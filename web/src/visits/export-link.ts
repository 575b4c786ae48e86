import { printQuery } from '@doorstep/client/query'

import { basePath } from '../base-path.ts'
import type { ColumnName } from './column-names.ts'
import { visitFilters } from './visit-filters.ts'
import type { VisitsSearch } from './visits-search.ts'

export const exportFormats = ['csv', 'geojson', 'ndjson', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What a column on the screen is in a file. Columns that can be computed from these are none. */
const exported: Readonly<Record<ColumnName, readonly string[]>> = {
  time: ['visited_at'],
  rep: ['creator_name'],
  customer: ['resource_name'],
  outcome: ['outcome_name'],
  finding: ['rep_location_verification_status', 'reason', 'distance_m'],
  accuracy: ['accuracy_m'],
  note: ['summary'],
  delay: ['created_at'],
  address: ['resource_address'],
  owner: ['resource_owner_id'],
  radius: ['radius_m'],
  fix_age: [],
  flags: ['flags'],
  review: ['review_state', 'review_note'],
  number: ['id'],
}

/** `ids` takes as many. */
export const exportIdsMax = 100

export interface ExportChoice {
  readonly format: ExportFormat
  readonly columns: readonly ColumnName[] | undefined
  readonly ids: readonly number[] | undefined
  readonly hasMark: boolean
}

/** The address of the file. */
export function exportLink(search: VisitsSearch, choice: ExportChoice): string {
  const { format, columns, ids, hasMark } = choice
  const query = printQuery({
    ...(ids ? { ids: ids.slice(0, exportIdsMax) } : visitFilters(search)),
    format,
    columns: columns?.flatMap((name) => exported[name]),
    bom: hasMark && format === 'csv' ? true : undefined,
  })
  return `${basePath}/v2/visits/export${query}`
}
