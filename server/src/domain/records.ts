/** Where a lead or contact is, and how precisely that is known. Degrees, WGS 84. */
export interface RecordPoint {
  readonly latitude: number
  readonly longitude: number
  readonly precision: 'pin' | 'rooftop' | 'interpolated' | 'street' | 'postcode' | 'city'
}

/** A lead or a contact: who can be visited. Times are ms since 1970. */
export interface SalesRecord {
  readonly id: number
  readonly ownerId: number | null
  /** Every attribute as Sell answered it, as JSON text. */
  readonly attributes: string
  readonly point: RecordPoint | null
  /** In metres; null: the account's. */
  readonly verificationRadiusM: number | null
  readonly createdAt: number
  readonly updatedAt: number
}
