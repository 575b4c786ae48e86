import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'

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

/** Leads or contacts. */
export interface RecordReads {
  list(
    account: AccountKey,
    filter: RecordFilter,
    page: PageRequest<RecordSort>,
  ): Promise<Page<SalesRecord>>
  /** By the record's id; records without further places are left out. */
  findSites(account: AccountKey, ids: readonly number[]): Promise<Map<number, RecordSite[]>>
  /** Which of the ids are records of the account. */
  findKnown(account: AccountKey, ids: readonly number[]): Promise<Set<number>>
  /** References of the records whose ids are above `afterId`, by id, at most `limit`. */
  listReferences(account: AccountKey, afterId: number, limit: number): Promise<RecordReferences[]>
}

/** The users that a record names. */
export interface RecordReferences {
  readonly id: number
  readonly ownerId: number | null
  readonly creatorId: number | null
}

export interface RecordQueries {
  find(ids: readonly number[]): Promise<Map<number, SalesRecord>>
  findVisited(id: number): Promise<VisitedRecord | undefined>
  /** Which of the ids were records that have been deleted. */
  findDeleted(ids: readonly number[]): Promise<Set<number>>
  /** Records that the filter finds, by id, at most `limit`. */
  match(filter: RecordFilter, limit: number): Promise<readonly SalesRecord[]>
  /** A record's places beside its own, in the order in which they were given. */
  findSites(id: number): Promise<RecordSite[]>
}

export interface RecordWrites extends RecordQueries {
  saveSites(id: number, sites: readonly RecordSite[]): Promise<void>
  /** The next id for a record that is added here. */
  nextId(): Promise<number>
  /** Deletes the record and its sites for good. Visits to it stay, without an owner. */
  remove(id: number): Promise<void>
  /** Visits to a record follow its owner. A record without a point waits for the geocoder. */
  save(records: readonly SalesRecord[]): Promise<void>
}
