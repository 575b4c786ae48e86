import { type ColumnName, usualColumns } from './column-names.ts'
import type { Names } from './columns.tsx'
import type { VisitList } from './use-visit-list.ts'
import type { VisitsSearch } from './visits-search.ts'

/** What the list gets at either width. */
export interface VisitsProps {
  readonly search: VisitsSearch
  readonly onChange: (change: Partial<VisitsSearch>) => void
  readonly list: VisitList
  readonly names: Names
  /** Whether the list stands at its top, where new visits may appear. */
  readonly onScrolled: (isAtTop: boolean) => void
}

/** A list begins with the columns that everybody knows. */
export const shownIn = ({ cols }: VisitsSearch): readonly ColumnName[] => cols ?? usualColumns
