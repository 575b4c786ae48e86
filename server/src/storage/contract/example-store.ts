import { expect } from 'vitest'

import type { Viewer } from '../../domain/actor.ts'
import type { VerificationStatus } from '../../domain/findings.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Store } from '../../domain/store.ts'
import type { VisitListRequest } from '../../domain/visits.ts'
import { importVisits } from '../../rules/imports/visits.ts'

/** An implementation under test: an empty store whose clock the tests set. */
export interface StoreUnderTest {
  readonly store: Store
  /** The same store as another process sees it. `sumsBytesMax`: 0: sums keep nothing in memory. */
  openAgain(sumsBytesMax?: number): Promise<Store>
  setTime(ms: number): void
}

export type OpenStore = () => Promise<StoreUnderTest>

export const statuses: readonly VerificationStatus[] = [
  'verified',
  'resource_location_too_far',
  'location_unknown',
  'location_services_disabled',
]
export const admin: Viewer = { userId: 1, isAdmin: true }
export const start = Date.UTC(2026, 0, 5, 8)
export const hourMs = 3_600_000

/** Visits of which every filter and every pair of filters finds some, and misses some. */
export const world: readonly SellVisit[] = Array.from({ length: 240 }, (_, n) => ({
  id: 1000 + n * 3,
  creatorId: 11 + (n % 5),
  outcomeId: n % 7 === 0 ? null : 51 + (n % 3),
  resourceType: n % 11 === 0 ? 'prospect_and_customer' : n % 2 === 0 ? 'lead' : 'contact',
  resourceId: 901 + (n % 13),
  visitedAt: start + ((n * 37) % 40) * hourMs,
  resourceAddress: `${n} Harbour Road`,
  status: statuses[n % 4] ?? 'verified',
  summary: `visit ${n}, “quoted” — ünïcode, \\ and "`,
  createdAt: start + n * hourMs,
  updatedAt: start + (n + ((n * 53) % 97)) * hourMs,
}))

let eventNumber = 0
export const newEventId = () => `event-${++eventNumber}`

export async function addAccount(store: Store, name: string): Promise<number> {
  return store.accounts.add({
    name,
    currency: 'EUR',
    timeFormat: '24H',
    timezone: 'UTC+01:00',
    phone: null,
    subdomain: null,
    createdAt: start,
    updatedAt: start,
  })
}

export const addVisits = (store: Store, account: number, visits: readonly SellVisit[]) =>
  store.write(account, (tx) => importVisits(tx, visits, newEventId))

export const request = (given: Partial<VisitListRequest> = {}): VisitListRequest => ({
  offset: 0,
  limit: 100,
  sort: { field: 'id', descending: false },
  filter: {},
  viewer: admin,
  ...given,
})

export async function listIds(
  store: Store,
  account: number,
  given: VisitListRequest,
): Promise<number[]> {
  const { items, count } = await store.visits.list(account, given)
  const answered: { data: { id: number } }[] = JSON.parse(`[${items.toString()}]`)
  expect(answered).toHaveLength(count)
  return answered.map(({ data }) => data.id)
}

/** All ids of a list, page by page, as a client reads them. */
export async function walk(
  store: Store,
  account: number,
  given: VisitListRequest,
): Promise<number[]> {
  const ids: number[] = []
  for (let offset = 0; ; offset += given.limit) {
    ids.push(...(await listIds(store, account, { ...given, offset })))
    const { hasMore } = await store.visits.list(account, { ...given, offset })
    if (!hasMore) return ids
  }
}

export const kindOf = (visit: Pick<SellVisit, 'resourceType'>) =>
  visit.resourceType === 'lead' ? 'lead' : 'contact'

export interface StreamItem {
  readonly data: { readonly id: number; readonly summary: string | null }
  readonly meta: { readonly sequence: number; readonly event_type: string }
}

export async function readAll(
  store: Store,
  account: number,
  from = 0,
  limit = 100,
): Promise<StreamItem[]> {
  const items: StreamItem[] = []
  for (let offset = from; ;) {
    const page = await store.events.read(account, { offset, limit })
    items.push(...JSON.parse(`[${page.items.toString()}]`))
    offset = Math.min(page.stream.head, offset + limit)
    if (offset >= page.stream.head) return items
  }
}
