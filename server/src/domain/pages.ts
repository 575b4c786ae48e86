/** Part of a list, and whether more rows follow. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

/** Which part of a list to read, in which order. */
export interface PageRequest<Field extends string> {
  /** Rows to skip, and rows to answer at most. */
  readonly offset: number
  readonly limit: number
  /** Rows with the same value are ordered by id, in the same direction. */
  readonly sort: { readonly field: Field; readonly descending: boolean }
}
