import type { ReviewFlag, ReviewState, VerificationReason } from '../../domain/findings.ts'
import type { TimeRange } from '../../domain/ranges.ts'
import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import type { VisitFilter, VisitListRequest } from '../../domain/visits.ts'
import { reasons, reviewFlags, reviewStates } from '../schema.ts'
import { addVisits, hourMs, kindOf, request, start, world } from './example-store.ts'
import { isInBox, isNear, type Place } from './model-places.ts'

/** Users of the example visits; 14 reports to 13, and 13 to 12. */
const bosses = { 11: null, 12: null, 13: 12, 14: 13, 15: null }
const below13 = [13, 14]

interface Finding {
  readonly reason: VerificationReason | undefined
  readonly flags: readonly ReviewFlag[]
  readonly review: ReviewState | null
}

/** What was found of an example visit. */
export function findingOf({ id }: Pick<SellVisit, 'id'>): Finding {
  const n = (id - 1000) / 3
  const flags = [reviewFlags[n % 8], reviewFlags[(n * 3) % 8]].filter((flag) => flag !== undefined)
  return {
    reason: n % 3 === 0 ? reasons[(n / 3) % 12] : undefined,
    flags: n % 6 === 0 ? [...new Set(flags)] : [],
    review: reviewStates[n % 5] ?? null,
  }
}

/** Where the record of an example visit is; undefined: nowhere, as lead 905. */
export function placeOf(visit: Pick<SellVisit, 'resourceType' | 'resourceId'>): Place | undefined {
  const { resourceId: id } = visit
  const n = kindOf(visit) === 'lead' ? id : id * 3
  if (id % 5 === 0) return undefined
  return { latitude: ((n * 37) % 181) - 90, longitude: ((n * 83) % 361) - 180 }
}

/** The example visits with their findings, records and users. */
export async function addWorld(store: Store, account: number): Promise<void> {
  await addVisits(store, account, world)
  await store.write(account, async (tx) => {
    const visits = await tx.visits.find(world.map(({ id }) => id))
    await tx.visits.save(
      [...visits.values()].map((visit) => {
        const { reason, flags, review } = findingOf(visit)
        return { ...visit, evidence: reason ? JSON.stringify({ reason, flags }) : null, review }
      }),
    )
    for (const [records, type] of [
      [tx.leads, 'lead'] as const,
      [tx.contacts, 'contact'] as const,
    ]) {
      await records.save(
        Array.from({ length: 13 }, (_, n) => {
          const place = placeOf({ resourceType: type, resourceId: 901 + n })
          return {
            id: 901 + n,
            ownerId: null,
            attributes: '{}',
            point: place ? { ...place, precision: 'pin' as const } : null,
            verificationRadiusM: null,
            createdAt: start - 1,
            updatedAt: start - 1,
          }
        }),
      )
    }
    const users = Object.entries(bosses).map(([id, reportsTo]) =>
      newUser(
        { id: Number(id), name: `Rep ${id}`, email: `${id}@example.com`, role: 'user', reportsTo },
        start,
      ),
    )
    await tx.users.save(users)
  })
}

interface FilterExample {
  readonly given: readonly VisitFilter[]
  readonly finds: (visit: SellVisit, filter: VisitFilter) => boolean
}

const isWithin = ({ gte, gt, lte, lt }: TimeRange = {}, at = Number.NaN): boolean =>
  (gte === undefined || at >= gte) &&
  (gt === undefined || at > gt) &&
  (lte === undefined || at <= lte) &&
  (lt === undefined || at < lt)

const hour = (n: number) => start + n * hourMs

/** Examples of every filter, and what each finds. */
const filterExamples: Readonly<Record<keyof VisitFilter, FilterExample>> = {
  outcomeIds: {
    given: [{ outcomeIds: [52] }, { outcomeIds: [51, 53, 99] }],
    finds: ({ outcomeId }, { outcomeIds }) => outcomeIds?.some((id) => id === outcomeId) === true,
  },
  creatorIds: {
    given: [{ creatorIds: [13] }, { creatorIds: [15, 11, 99] }],
    finds: ({ creatorId }, { creatorIds }) => creatorIds?.includes(creatorId) === true,
  },
  resourceKind: {
    given: [{ resourceKind: 'lead' }, { resourceKind: 'contact' }],
    finds: (visit, { resourceKind }) => kindOf(visit) === resourceKind,
  },
  resourceId: {
    given: [{ resourceKind: 'contact', resourceId: 905 }],
    finds: (visit, { resourceId }) => visit.resourceId === resourceId,
  },
  statuses: {
    given: [
      { statuses: ['location_unknown'] },
      { statuses: ['verified', 'resource_location_too_far'] },
    ],
    finds: ({ status }, { statuses }) => statuses?.includes(status) === true,
  },
  ids: {
    given: [{ ids: [1003, 1000, 1006, 999_999, 1240] }],
    finds: (visit, { ids }) => ids?.includes(visit.id) === true,
  },
  visitedAt: {
    given: [{ visitedAt: { gte: hour(7), lt: hour(24) } }, { visitedAt: { gt: hour(30) } }],
    finds: (visit, filter) => isWithin(filter.visitedAt, visit.visitedAt),
  },
  createdAt: {
    given: [{ createdAt: { gt: hour(20), lte: hour(130) } }],
    finds: (visit, filter) => isWithin(filter.createdAt, visit.createdAt),
  },
  updatedAt: {
    given: [{ updatedAt: { gte: hour(90) } }],
    finds: (visit, filter) => isWithin(filter.updatedAt, visit.updatedAt),
  },
  near: {
    given: [{ near: { latitude: 20, longitude: 175, radiusM: 6_000_000 } }],
    finds: (visit, { near }) => near !== undefined && isNear(placeOf(visit), near),
  },
  bbox: {
    given: [{ bbox: { west: 100, south: -60, east: -100, north: 75 } }],
    finds: (visit, { bbox }) => bbox !== undefined && isInBox(placeOf(visit), bbox),
  },
  below: {
    given: [{ below: 13 }],
    finds: ({ creatorId }) => below13.includes(creatorId),
  },
  reasons: {
    given: [{ reasons: ['borderline'] }, { reasons: ['within_radius', 'stale_fix', 'no_fix'] }],
    finds: (visit, { reasons: given = [] }) =>
      given.some((reason) => reason === findingOf(visit).reason),
  },
  flags: {
    given: [{ flags: ['late_sync', 'impossible_speed'] }],
    finds: (visit, { flags = [] }) => flags.some((flag) => findingOf(visit).flags.includes(flag)),
  },
  review: {
    given: [{ review: 'open' }, { review: 'dismissed' }],
    finds: (visit, { review }) => findingOf(visit).review === review,
  },
  without: {
    given: [{ without: 'outcome' }, { without: 'reason' }],
    finds: (visit, { without }) =>
      without === 'outcome' ? visit.outcomeId === null : findingOf(visit).reason === undefined,
  },
}

const times = { visited_at: 'visitedAt', created_at: 'createdAt', updated_at: 'updatedAt' } as const

export function expected(
  visits: readonly SellVisit[],
  filter: VisitFilter,
  { field, descending }: VisitListRequest['sort'],
): number[] {
  const given = Object.keys(filter) as (keyof VisitFilter)[]
  const sign = descending ? -1 : 1
  const timeOf = (visit: SellVisit) => (field === 'id' ? 0 : (visit[times[field]] ?? 0))
  return visits
    .filter((visit) => given.every((name) => filterExamples[name].finds(visit, filter)))
    .toSorted((a, b) => sign * (timeOf(a) - timeOf(b) || a.id - b.id))
    .map(({ id }) => id)
}

export const filters: readonly VisitFilter[] = [
  {},
  ...Object.values(filterExamples).flatMap(({ given }) => given),
]

export const pairs: readonly VisitFilter[] = filters
  .flatMap((one, at) => filters.slice(at + 1).map((other) => ({ ...one, ...other })))
  .concat([{ outcomeIds: [51], statuses: ['verified'] }, { creatorIds: [99] }])

export const sorts: readonly VisitListRequest['sort'][] = (
  ['id', 'visited_at', 'created_at', 'updated_at'] as const
).flatMap((field) => [
  { field, descending: false },
  { field, descending: true },
])

/** Every filter in every order, and every pair of filters in one each. */
export const lists: readonly Pick<VisitListRequest, 'filter' | 'sort'>[] = [
  ...filters.flatMap((filter) => sorts.map((sort) => ({ filter, sort }))),
  ...pairs.map((filter, at) => ({ filter, sort: sorts[at % sorts.length] ?? request().sort })),
]
