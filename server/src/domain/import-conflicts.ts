/** `superseded`: Sell has changed the visit again. */
export type ConflictStatus = 'open' | 'kept_ours' | 'took_theirs' | 'superseded'

/** A visit that was changed here and in Sell. Times in ms. */
export interface ImportConflict {
  readonly id: number
  readonly visitId: number
  /** Sell's item as it was sent, JSON. */
  readonly item: string
  /** The item as a `SellVisit`, JSON. */
  readonly parsed: string
  /** API names of the attributes that differ; `deleted`: one side has deleted it. */
  readonly differs: readonly string[]
  readonly status: ConflictStatus
  readonly createdAt: number
  readonly resolvedAt: number | null
  readonly resolvedBy: number | null
}
