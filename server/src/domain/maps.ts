import type { AccountKey } from './accounts.ts'
import type { Viewer } from './actor.ts'
import type { VerificationStatus } from './findings.ts'
import type { LocatedVisit } from './location-data.ts'
import type { Box } from './ranges.ts'
import type { SumRequest } from './visit-sums.ts'
import type { ResourceKind } from './visits.ts'

/** What a map shows: the part of the world, and its scale as maps on the web count it, 0 to 22. */
export interface MapView {
  readonly box: Box
  readonly zoom: number
  /** Nothing stands together while there are no more than `mapPointsMax`. */
  readonly isApart?: boolean | undefined
}

/** Clusters and points together, at most. */
export const mapItemsMax = 2_000
/** Points of a map without clusters, at most. */
export const mapPointsMax = 5_000

/** Visits that stand close to each other. Their middle and what they span, in degrees. */
export interface VisitCluster {
  readonly latitude: number
  readonly longitude: number
  readonly count: number
  /** By the id of the outcome; `none`: without one. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly statuses: Readonly<Partial<Record<VerificationStatus, number>>>
  readonly box: Box
}

/** A visit that stands alone. */
export interface VisitPoint {
  readonly id: number
  readonly latitude: number
  readonly longitude: number
  readonly outcomeId: number | null
  readonly status: VerificationStatus
  readonly creatorId: number
  readonly visitedAt: number
}

/** Where visits stand: at their record, else where the rep was while that is kept. */
export interface VisitMap {
  readonly clusters: readonly VisitCluster[]
  readonly points: readonly VisitPoint[]
  /** Visits in the view. */
  readonly shown: number
  /** All visits, in the view or not. */
  readonly total: number
  /** Visits that stand nowhere. */
  readonly unmapped: number
  /** Those that stand exactly where their creators were. */
  readonly located: readonly LocatedVisit[]
}

/** From this zoom on a map shows exactly where reps were; a street fills the screen. */
export const exactZoomMin = 15

/** Which leads and contacts a map shows. */
export interface CustomerMapFilter {
  readonly resourceKind?: ResourceKind | undefined
  readonly ownerId?: number | undefined
  /** Owned by this user or someone below them. */
  readonly below?: number | undefined
  /** Without a visit at or after this time, in ms. */
  readonly unvisitedSince?: number | undefined
  /** Of the last visit. */
  readonly outcomeId?: number | undefined
  /** Only these. */
  readonly ids?: Readonly<Record<ResourceKind, readonly number[]>> | undefined
}

export interface CustomerCluster {
  readonly latitude: number
  readonly longitude: number
  readonly count: number
  readonly box: Box
}

/** A lead or contact that stands alone, with the last visit to it that the viewer may see. */
export interface CustomerPoint {
  readonly resourceKind: ResourceKind
  readonly id: number
  readonly latitude: number
  readonly longitude: number
  readonly ownerId: number | null
  readonly lastVisit: { readonly at: number; readonly outcomeId: number | null } | null
}

export interface CustomerMap {
  readonly clusters: readonly CustomerCluster[]
  readonly points: readonly CustomerPoint[]
  readonly shown: number
  readonly total: number
  readonly unmapped: number
}

/** Maps. Each answer is of one moment, at least as new as the call. */
export interface MapReads {
  map(account: AccountKey, request: SumRequest & MapView): Promise<VisitMap>
  customerMap(
    account: AccountKey,
    request: MapView & { readonly viewer: Viewer; readonly filter: CustomerMapFilter },
  ): Promise<CustomerMap>
}
