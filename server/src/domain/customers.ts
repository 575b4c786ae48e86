import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import type { VerificationStatus } from './findings.ts'
import type { Box, Circle } from './ranges.ts'
import type { RecordDeletion, RecordSite } from './records.ts'
import type { ResourceKind } from './visits.ts'
import type { WordQuery } from './words.ts'

/** The last of a customer's visits that the viewer sees. `at`: in ms. */
export interface LastVisit {
  readonly id: number
  readonly at: number
  readonly outcomeId: number | null
  readonly status: VerificationStatus
}

/** A lead or contact as somebody who visits it sees it. Times are ms since 1970. */
export interface Customer {
  readonly kind: ResourceKind
  readonly id: number
  readonly name: string
  /** In one line. */
  readonly address: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  /** The allowed radius in metres: the record's own, or the account's. */
  readonly radiusM: number
  readonly ownerId: number | null
  readonly sites: readonly RecordSite[]
  readonly lastVisit: LastVisit | null
  /** Of those that the viewer sees. */
  readonly visitsCount: number
  readonly visitEveryDays: number | null
  readonly dueAt: number | null
}

/** A lead or contact that is there no more. */
export interface DeletedCustomer {
  readonly kind: ResourceKind
  readonly id: number
  readonly isDeleted: true
}

/** One that is there no more, and how it went. */
export interface CustomerDeletion extends DeletedCustomer, RecordDeletion {}

/** Conditions that must all match. Times are ms since 1970. */
export interface CustomerFilter {
  readonly near?: Circle | undefined
  readonly box?: Box | undefined
  readonly ownerId?: number | undefined
  /** Owned by this user or anyone below. */
  readonly below?: number | undefined
  /** Without a visit since, of those that the viewer sees. */
  readonly unvisitedSince?: number | undefined
  /** Of the last visit that the viewer sees. */
  readonly outcomeId?: number | undefined
  /** Changed or deleted since, by the clock of this server. */
  readonly changedSince?: number | undefined
  readonly query?: WordQuery | undefined
  /** Only these. */
  readonly ids?: Readonly<Record<ResourceKind, readonly number[]>> | undefined
}

/** What customers are sorted by: how near they are, or when they last changed. */
export type CustomerOrder = 'distance' | 'change'

/** Those that are near something come by distance, unless changes are asked for. */
export const orderOf = ({ near, changedSince }: CustomerFilter): CustomerOrder =>
  near && changedSince === undefined ? 'distance' : 'change'

/** A row of the list. `at`: what the order compares; `source`: position in `customerSources`. */
export interface CustomerKey {
  readonly at: number
  readonly source: number
  readonly id: number
}

/** Rows with the same value are in this order. */
export const customerSources = ['lead', 'contact', 'deleted lead', 'deleted contact'] as const

export interface CustomerRequest {
  readonly filter: CustomerFilter
  readonly viewer: Viewer
  readonly limit: number
  /** The last row before this part of the list; undefined: from the start. */
  readonly after: CustomerKey | undefined
}

export interface CustomerPage {
  readonly rows: readonly (Customer | DeletedCustomer)[]
  /** The last row; undefined: none follows. */
  readonly next: CustomerKey | undefined
}

/** Customers, outside of any transaction. */
export interface CustomerReads {
  list(account: AccountKey, request: CustomerRequest): Promise<CustomerPage>
  /** undefined: there has never been such a lead or contact. */
  find(
    account: AccountKey,
    kind: ResourceKind,
    id: number,
    viewer: Viewer,
  ): Promise<Customer | CustomerDeletion | undefined>
}
