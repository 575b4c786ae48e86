/** Some rows of a list, and whether there are more. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

export interface PageRequest<Field extends string> {
  /** Rows to pass over, and rows to answer at the most. */
  readonly offset: number
  readonly limit: number
  /** Ties are broken by id in the same direction, so that the order is total. */
  readonly sort: { readonly field: Field; readonly descending: boolean }
}
