import type { AccountKey } from './accounts.ts'
import type { PageRequest, Page } from './pages.ts'
import type { TimeBounds } from './ranges.ts'

/** The location of a lead or contact, in degrees (WGS 84), and its precision. */
export interface RecordPoint {
  readonly latitude: number
  readonly longitude: number
  readonly precision: 'pin' | 'rooftop' | 'interpolated' | 'street' | 'postcode' | 'city'
  /** The user who set it; absent: a geocoder or an import did. */
  readonly placedBy?: number | undefined
}

/** A further place of a lead or contact. */
export interface RecordSite extends RecordPoint {
  readonly name: string | null
}

/** A lead or a contact, which users visit. Times are ms since 1970. */
export interface SalesRecord {
  readonly id: number
  readonly ownerId: number | null
  /** Every attribute as it was imported or sent by a client, as JSON text. */
  readonly attributes: string
  readonly point: RecordPoint | null
  /** In metres; null: the account's radius applies. */
  readonly verificationRadiusM: number | null
  /** The user who set the radius; absent: nobody did. */
  readonly radiusSetBy?: number | undefined
  /** How often to visit; absent: as the account says. */
  readonly visitEveryDays?: number | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/** The parts of a record that a visit to it needs. */
export interface VisitedRecord extends Pick<
  SalesRecord,
  'id' | 'ownerId' | 'point' | 'verificationRadiusM' | 'radiusSetBy'
> {
  /** In one line; null: there is none. */
  readonly address: string | null
}

/** Conditions that must all match exactly; only the e-mail ignores case. */
export interface RecordFilter extends TimeBounds {
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
  /** By name; numbers and booleans match their JSON text. */
  readonly customFields?: Readonly<Record<string, string>> | undefined
}

/** The attributes that lists can be sorted by. */
export type RecordSort = 'id' | 'created_at' | 'updated_at' | 'first_name' | 'last_name' | 'name'

/** Leads or contacts, outside of any transaction. */
export interface RecordReads {
  list(
    account: AccountKey,
    filter: RecordFilter,
    page: PageRequest<RecordSort>,
  ): Promise<Page<SalesRecord>>
  /** Records that the filter finds whose ids are above `afterId`, by id. */
  walk(
    account: AccountKey,
    filter: RecordFilter,
    afterId: number,
    limit: number,
  ): Promise<Page<SalesRecord>>
  /** Sites by the record's id; records without sites are left out. */
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

/** Who deleted a record, and when in ms; null: it is not known. */
export interface RecordDeletion {
  readonly by: number | null
  readonly at: number | null
}

/** Queries of leads or contacts. */
export interface RecordQueries {
  find(ids: readonly number[]): Promise<Map<number, SalesRecord>>
  findVisited(id: number): Promise<VisitedRecord | undefined>
  /** Which of the ids belonged to records that have been deleted. */
  findDeleted(ids: readonly number[]): Promise<Set<number>>
  /** undefined: no record with this id was deleted. */
  findDeletion(id: number): Promise<RecordDeletion | undefined>
  /** Records that match the filter, by id, at most `limit`. */
  match(filter: RecordFilter, limit: number): Promise<readonly SalesRecord[]>
  /** A record's sites, in the order in which they were saved. */
  findSites(id: number): Promise<RecordSite[]>
}

/** Leads or contacts, in a transaction. */
export interface RecordWrites extends RecordQueries {
  saveSites(id: number, sites: readonly RecordSite[]): Promise<void>
  /** The next id for a record that this server creates. */
  nextId(): Promise<number>
  /** Deletes the record and its sites. Visits to it stay, without an owner of the record. */
  remove(id: number, deletion: RecordDeletion & { readonly at: number }): Promise<void>
  /** Forgets that the record was deleted, so that an import may bring it again. */
  restore(id: number): Promise<void>
  /** Adds or replaces. Visits take the owner; a record without a point waits for the geocoder. */
  save(records: readonly SalesRecord[]): Promise<void>
}
