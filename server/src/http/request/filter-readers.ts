import type { ExternalQuery } from './external-ids.ts'
import type { SortedPageQuery } from './pages.ts'

/** Parameters of lists that are no filters, or that are read for all lists alike. */
export type OfEveryList =
  | keyof SortedPageQuery
  | keyof ExternalQuery
  | 'created_at'
  | 'updated_at'
  | 'include'

/** Parameters of every export that say how it is written. */
export type OfEveryExport = 'format' | 'columns' | 'bom'

/**
 * What each parameter of a query says of a filter. `Elsewhere`: those that something else reads.
 * NOTE: the type makes tsc find a parameter of the contract that nothing reads.
 */
export type FilterReaders<Query, Elsewhere, Filter> = {
  readonly [Name in Exclude<keyof Query, Elsewhere>]-?: (query: Pick<Query, Name>) => Filter
}

/** The filter that a query describes. */
export const readFilter = <Query, Filter extends object>(
  readers: readonly ((query: Query) => Filter)[],
  query: Query,
): Filter => Object.assign({}, ...readers.map((read) => read(query)))
