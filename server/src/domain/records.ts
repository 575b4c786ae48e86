/** Where a lead or contact is, and how precisely that is known. Degrees, WGS 84. */
export interface RecordPoint {
  readonly latitude: number
  readonly longitude: number
  readonly precision: 'pin' | 'rooftop' | 'interpolated' | 'street' | 'postcode' | 'city'
}

/** A further place of a lead or contact. */
export interface RecordSite extends RecordPoint {
  readonly name: string | null
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

/** What a visit needs to know of the record that it is to. */
export interface VisitedRecord extends Pick<
  SalesRecord,
  'id' | 'ownerId' | 'point' | 'verificationRadiusM'
> {
  /** In one line; null: there is none. */
  readonly address: string | null
}

/** What is given has to fit exactly; e-mail in whatever case. */
export interface RecordFilter {
  readonly ids?: readonly number[] | undefined
  readonly creatorId?: number | undefined
  readonly ownerId?: number | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  /** A contact's name, a lead's organization. */
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly mobile?: string | undefined
  readonly city?: string | undefined
  readonly postalCode?: string | undefined
  readonly state?: string | undefined
  readonly country?: string | undefined
  /** Of leads only. */
  readonly status?: string | undefined
  readonly sourceId?: number | undefined
  /** Of contacts only. */
  readonly contactId?: number | undefined
  readonly isOrganization?: boolean | undefined
  /** By name; a number or a flag fits the text that JSON writes it with. */
  readonly customFields?: Readonly<Record<string, string>> | undefined
}

export type RecordSort = 'id' | 'created_at' | 'updated_at' | 'first_name' | 'last_name' | 'name'
