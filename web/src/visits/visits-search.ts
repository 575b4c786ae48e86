import {
  idOf,
  oneOf,
  parseVisitFilters,
  severalOf,
  type Typed,
  type VisitFilters,
  withoutUndefined,
} from '../search.ts'
import { type ColumnName, columnNames } from './column-names.ts'

/** What the URL of the list of visits says besides the filters. */
export interface VisitsSearch extends VisitFilters {
  /** The newest come first otherwise. */
  readonly sort?: 'oldest' | undefined
  /** The columns that are shown, in this order. */
  readonly cols?: readonly ColumnName[] | undefined
  /** The saved view that the filters began with. */
  readonly view?: number | undefined
}

export function parseVisitsSearch(typed: Typed): VisitsSearch {
  const columns = severalOf((value) => oneOf(columnNames, value), typed.cols)
  return withoutUndefined({
    ...parseVisitFilters(typed),
    sort: oneOf(['oldest'], typed.sort),
    cols: columns && [...new Set(columns)],
    view: idOf(typed.view),
  })
}
