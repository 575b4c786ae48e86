import type { WalkPlace } from './walks.ts'

/** Part of a list, and whether more rows follow. */
export interface Page<Row> extends Continued {
  readonly rows: readonly Row[]
}

/** What a page says about the rest of its list. */
export interface Continued {
  readonly hasMore: boolean
  /** Where a walk goes on; absent: it has ended, or the page is not of a walk. */
  readonly next?: WalkPlace | undefined
  /** How many rows the whole list has, if that was asked for. */
  readonly total?: number | undefined
}

/** Which part of a list to read, in which order. */
export interface PageRequest<Field extends string> {
  /** Rows to skip, and rows to answer at most. */
  readonly offset: number
  readonly limit: number
  /** Rows with the same value are ordered by id, in the same direction. */
  readonly sort: { readonly field: Field; readonly descending: boolean }
  /** Reads the list by a walk, of which `offset` is no part. */
  readonly walk?: 'start' | WalkPlace | undefined
  readonly includeTotal?: boolean | undefined
}
