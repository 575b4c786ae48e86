import fc from 'fast-check'

import type { Viewer } from '../../domain/actor.ts'
import type { Customer, CustomerFilter, DeletedCustomer } from '../../domain/customers.ts'
import type { SalesRecord } from '../../domain/records.ts'
import { describeRecord } from '../../domain/search.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { areMatching, parseWords } from '../../domain/words.ts'
import { admin, hourMs, start } from './example-store.ts'
import { distanceM, isInBox, isNear } from './model-places.ts'

const names = ['Łódź Kiosk', 'Kiosk Müller', 'Bar Ulm', 'Haus 12']
const places = [
  [52.52, 13.405],
  [52.521, 13.41],
  [52.6, 13.2],
  [-17.1, 179.95],
  [-17.1, -179.95],
  [90, 20],
] as const

interface Known {
  readonly kind: ResourceKind
  readonly record: SalesRecord
  readonly changedAt: number
}

/** Every third has no point. All of one hour were changed at the same time. */
export const records: readonly Known[] = Array.from({ length: 90 }, (_, n) => {
  const [latitude, longitude] = places[n % places.length] ?? [0, 0]
  const name = `${names[n % names.length]} ${n}`
  return {
    kind: n % 2 === 0 ? 'lead' : 'contact',
    record: {
      id: 900 + n,
      ownerId: n % 7 === 0 ? null : 11 + (n % 4),
      attributes: JSON.stringify({ name, organization_name: name, is_organization: true }),
      point:
        n % 3 === 0
          ? null
          : { latitude: latitude - n / 1000, longitude, precision: 'pin' as const },
      verificationRadiusM: null,
      createdAt: start,
      updatedAt: start - n,
    },
    changedAt: start + Math.floor(n / 20) * hourMs,
  }
})

export const visits: readonly SellVisit[] = Array.from({ length: 200 }, (_, n) => {
  const known = records[(n * 7) % 60]
  if (!known) throw new Error('no record')
  return {
    id: 1_000 + n,
    creatorId: 11 + (n % 5),
    outcomeId: n % 4 === 0 ? null : 51 + (n % 3),
    resourceType: known.kind,
    resourceId: known.record.id,
    visitedAt: start + ((n * 37) % 90) * hourMs,
    resourceAddress: null,
    status: 'verified',
    summary: null,
    createdAt: start,
    updatedAt: start,
  }
})

/** 12 is above 13. */
export const viewers: readonly Viewer[] = [
  admin,
  { userId: 12, isAdmin: false },
  { userId: 14, isAdmin: false },
]
const teamOf = (user: number): number[] => (user === 12 ? [12, 13] : [user])

export const byKey = (a: Known, b: Known): number =>
  Number(a.kind === 'contact') - Number(b.kind === 'contact') || a.record.id - b.record.id

const seenBy = (kind: ResourceKind, id: number, viewer: Viewer): SellVisit[] => {
  const team = teamOf(viewer.userId)
  const owner = records.find((known) => known.kind === kind && known.record.id === id)?.record
    .ownerId
  const isOwned = owner !== undefined && owner !== null && team.includes(owner)
  return visits
    .filter((visit) => visit.resourceType === kind && visit.resourceId === id)
    .filter((visit) => viewer.isAdmin || isOwned || team.includes(visit.creatorId))
    .toSorted((a, b) => b.visitedAt - a.visitedAt || b.id - a.id)
}

export function lastVisitOf({ kind, id }: { kind: ResourceKind; id: number }, viewer: Viewer) {
  const seen = seenBy(kind, id, viewer)
  const [last] = seen
  return {
    visitsCount: seen.length,
    lastVisit: last
      ? { id: last.id, at: last.visitedAt, outcomeId: last.outcomeId, status: last.status }
      : null,
  }
}

export function fits(
  { kind, record, changedAt }: Known,
  filter: CustomerFilter,
  viewer: Viewer,
): boolean {
  const { near, box, ownerId, below, unvisitedSince, outcomeId, changedSince, query } = filter
  const { id, point, ownerId: owner } = record
  const [last] = seenBy(kind, id, viewer)
  return (
    (!near || isNear(point ?? undefined, near)) &&
    (!box || isInBox(point ?? undefined, box)) &&
    (ownerId === undefined || owner === ownerId) &&
    (below === undefined || (owner !== null && teamOf(below).includes(owner))) &&
    (unvisitedSince === undefined || !last || last.visitedAt < unvisitedSince) &&
    (outcomeId === undefined || last?.outcomeId === outcomeId) &&
    (changedSince === undefined || changedAt > changedSince - 60_000) &&
    (!query ||
      (query.length > 0 && areMatching(describeRecord(kind, record).words.join(' '), query)))
  )
}

export const distanceTo = (
  near: CustomerFilter['near'],
  row: Customer | DeletedCustomer,
): number => {
  if (!near || 'isDeleted' in row || row.latitude === null || row.longitude === null) {
    throw new Error('there is no distance')
  }
  return distanceM(near, { latitude: row.latitude, longitude: row.longitude })
}

export const anyFilter: fc.Arbitrary<CustomerFilter> = fc.record(
  {
    near: fc
      .tuple(fc.constantFrom(...places), fc.constantFrom(0, 90, 700, 9_000, 40_000, 20_100_000))
      .map(([[latitude, longitude], radiusM]) => ({ latitude, longitude, radiusM })),
    box: fc.constantFrom(
      { west: 13, south: 52, east: 14, north: 53 },
      { west: 179, south: -18, east: -179, north: -17 },
      { west: -180, south: -90, east: 180, north: 90 },
    ),
    ownerId: fc.constantFrom(11, 13, 99),
    below: fc.constantFrom(12, 14, 99),
    unvisitedSince: fc.integer({ min: -5, max: 95 }).map((hours) => start + hours * hourMs),
    outcomeId: fc.constantFrom(51, 52, 99),
    changedSince: fc.integer({ min: -1, max: 5 }).map((hours) => start + hours * hourMs),
    query: fc.constantFrom('kio', 'lodz', 'haus 12', 'mull 1', 'x', '*').map(parseWords),
  },
  { requiredKeys: [] },
)
