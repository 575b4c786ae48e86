import type { Viewer } from '../../domain/actor.ts'
import type { TimeRange } from '../../domain/ranges.ts'
import type { VisitFilter } from '../../domain/visits.ts'
import { reasons, resourceKinds, reviewFlags, reviewStates, statuses } from '../schema.ts'
import { bitsOf } from '../visits/filters.ts'
import type { AccountColumns } from './account-columns.ts'
import type { Accepts } from './pass.ts'
import { isInBox, isNear, type IsPlace } from './places.ts'
import { numberOfWord } from './rows.ts'

/** A filter of lists as a condition of visits, or of their records; undefined: it is not given. */
type FilterRow =
  | { readonly ofVisits: (columns: AccountColumns, filter: VisitFilter) => Accepts | undefined }
  | { readonly ofRecords: (columns: AccountColumns, filter: VisitFilter) => Accepts | undefined }

/** The same filters as in visits/filters.ts; tsc finds one that is forgotten. */
const filters: Readonly<Record<keyof VisitFilter, FilterRow>> = {
  outcomeIds: {
    ofVisits: ({ visits, outcomes }, { outcomeIds }) =>
      outcomeIds && isMarked(visits.outcomes, outcomes.marks(outcomeIds)),
  },
  creatorIds: {
    ofVisits: ({ visits, users }, { creatorIds }) =>
      creatorIds && isMarked(visits.creators, users.marks(creatorIds)),
  },
  resourceKind: {
    ofRecords: ({ records }, { resourceKind }) =>
      resourceKind && isOneOf(records.kinds, [resourceKinds.indexOf(resourceKind)]),
  },
  resourceId: {
    ofRecords: ({ records }, { resourceId }) =>
      resourceId === undefined ? undefined : (record) => records.id(record) === resourceId,
  },
  statuses: {
    ofVisits: ({ visits }, { statuses: given }) =>
      given &&
      isOneOf(
        visits.statuses,
        given.map((status) => statuses.indexOf(status)),
      ),
  },
  ids: {
    ofVisits: ({ visits }, { ids }) => {
      const wanted = new Set(ids)
      return ids && ((slot) => wanted.has(visits.id(slot)))
    },
  },
  visitedAt: { ofVisits: ({ visits }, { visitedAt }) => isWithin(visits.visitedAt, visitedAt) },
  createdAt: { ofVisits: ({ visits }, { createdAt }) => isWithin(visits.createdAt, createdAt) },
  updatedAt: { ofVisits: ({ visits }, { updatedAt }) => isWithin(visits.updatedAt, updatedAt) },
  near: { ofRecords: (columns, { near }) => near && isPlaced(columns, isNear(near)) },
  bbox: { ofRecords: (columns, { bbox }) => bbox && isPlaced(columns, isInBox(bbox)) },
  below: {
    ofVisits: (columns, { below }) =>
      below === undefined ? undefined : isMarked(columns.visits.creators, columns.teamOf(below)),
  },
  reasons: {
    ofVisits: ({ visits }, { reasons: given }) =>
      given &&
      isOneOf(
        visits.reasons,
        given.map((reason) => numberOfWord(reasons, reason)),
      ),
  },
  flags: {
    ofVisits: ({ visits }, { flags }) => {
      const bits = bitsOf(flags ?? [], reviewFlags)
      return flags && ((slot) => ((visits.flags[slot] ?? 0) & bits) !== 0)
    },
  },
  review: {
    ofVisits: ({ visits }, { review }) =>
      review && isOneOf(visits.reviews, [numberOfWord(reviewStates, review)]),
  },
  without: {
    ofVisits: ({ visits }, { without }) => {
      // 0 stands for null in both.
      const values = without === 'outcome' ? visits.outcomes : visits.reasons
      return without && ((slot) => values[slot] === 0)
    },
  },
}

const isMarked =
  (ordinals: Uint32Array, marks: Uint8Array): Accepts =>
  (slot) =>
    marks[ordinals[slot] ?? 0] === 1

function isOneOf(numbers: Uint8Array, given: readonly number[]): Accepts {
  const marks = new Uint8Array(256)
  for (const number of given) marks[number] = 1
  return (slot) => marks[numbers[slot] ?? 0] === 1
}

function isWithin(times: Float64Array, range: TimeRange | undefined): Accepts | undefined {
  if (!range) return undefined
  const { gte = -Infinity, gt = -Infinity, lte = Infinity, lt = Infinity } = range
  return (slot) => {
    const at = times[slot] ?? 0
    return at >= gte && at > gt && at <= lte && at < lt
  }
}

const isPlaced =
  ({ records }: AccountColumns, isThere: IsPlace): Accepts =>
  (record) => {
    const latitude = records.latitudes[record] ?? Number.NaN
    return !Number.isNaN(latitude) && isThere(latitude, records.longitudes[record] ?? 0)
  }

/** Conditions of what the viewer may see (PROTOCOL 2.4) and of the filters that are given. */
export function conditionsOf(
  columns: AccountColumns,
  viewer: Viewer,
  filter: VisitFilter,
): Accepts[] {
  const ofVisits = Object.values(filters).flatMap((row) =>
    'ofVisits' in row ? (row.ofVisits(columns, filter) ?? []) : [],
  )
  const ofRecords = recordConditionsOf(columns, filter)
  return [
    ...(viewer.isAdmin ? [] : [sightOf(columns, viewer)]),
    ...ofVisits,
    ...(ofRecords.length > 0 ? [onRecords(columns, ofRecords)] : []),
  ]
}

/** The conditions of the filters that are about leads and contacts, of their ordinals. */
export const recordConditionsOf = (columns: AccountColumns, filter: VisitFilter): Accepts[] =>
  Object.values(filters).flatMap((row) =>
    'ofRecords' in row ? (row.ofRecords(columns, filter) ?? []) : [],
  )

/** Looks at each record once, whatever the number of visits to it. */
function onRecords({ visits, records }: AccountColumns, conditions: readonly Accepts[]): Accepts {
  const known = new Int8Array(records.count)
  return (slot) => {
    const record = visits.records[slot] ?? 0
    if (known[record] === 0) known[record] = conditions.every((accepts) => accepts(record)) ? 1 : -1
    return known[record] === 1
  }
}

function sightOf(columns: AccountColumns, viewer: Viewer): Accepts {
  const { visits, records } = columns
  const team = columns.teamOf(viewer.userId)
  return (slot) =>
    team[visits.creators[slot] ?? 0] === 1 ||
    team[records.owners[visits.records[slot] ?? 0] ?? 0] === 1
}
