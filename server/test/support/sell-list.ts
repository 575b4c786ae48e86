import fc from 'fast-check'
import { expect } from 'vitest'

import { type Gap, type Proof, prove } from '../../src/importer/sell/proof/proof.ts'
import { type ListPage, Listing } from '../../src/importer/sell/ranges/listing.ts'
import type { NextPage } from '../../src/importer/sell/ranges/next-pages.ts'
import {
  type Filter,
  type ListedItem,
  matches,
  type Parameter,
} from '../../src/importer/sell/ranges/ranges.ts'
import type { Cap } from '../../src/importer/sell/ranges/walk.ts'

/** A cap of 20 instead of 10,000, so that many shapes can be tried. */
export const smallCap: Cap = { pages: 4, perPage: 5 }

export const types = ['lead', 'contact']
const statuses = ['verified', 'unknown']

export interface Lists {
  readonly creators: readonly string[]
  readonly outcomes: readonly string[]
  readonly resources: readonly string[]
}

export const parametersOf = ({ creators, outcomes, resources }: Lists): Parameter[] => [
  { name: 'resource_type', isClosed: true, values: () => types },
  { name: 'status', isClosed: true, values: () => statuses },
  { name: 'creator_id', isClosed: false, values: () => creators },
  { name: 'resource_id', isClosed: false, requires: 'resource_type', values: () => resources },
  { name: 'outcome_id', isClosed: false, isNullable: true, values: () => outcomes },
]

/** What Sell answers, from a list in memory. */
export function pageOf(all: readonly ListedItem[], request: NextPage, cap: Cap): ListPage {
  const { filter, order, page } = request
  if (page > cap.pages) throw new Error('no page behind the last may be requested')
  const [field, direction] = order.split(':')
  const rows = all
    .filter(({ values }) => matches(filter, values))
    .sort((a, b) => (field === 'id' ? 0 : a.at - b.at) || a.id - b.id)
  if (direction === 'desc') rows.reverse()
  const items = rows.slice((page - 1) * cap.perPage, page * cap.perPage)
  return { items, hasMore: page < cap.pages && rows.length > page * cap.perPage }
}

/** Reads all pages that the listing asks for, several at a time, answered in any order. */
export function drive(
  all: readonly ListedItem[],
  lists: Lists,
  cap: Cap,
  inFlight: number,
  listing = new Listing(parametersOf(lists), [], { cap }),
  seen = new Set<number>(),
  {
    onRequest = () => {},
    refuses = () => false,
  }: { readonly onRequest?: () => void; readonly refuses?: (filter: Filter) => boolean } = {},
) {
  const busy: NextPage[] = []
  let requests = 0
  const isBusy = (request: NextPage) =>
    busy.some(
      ({ range, order, page }) =>
        range === request.range && order === request.order && page === request.page,
    )
  for (;;) {
    for (let next; busy.length < inFlight && (next = listing.next(isBusy));) {
      busy.push(next)
    }
    const [request] = busy.splice((requests * 7) % Math.max(1, busy.length), 1)
    if (!request) break
    requests++
    onRequest()
    if (refuses(request.filter)) {
      listing.refuse(request.range)
      continue
    }
    const page = pageOf(all, request, cap)
    for (const { id } of page.items) seen.add(id)
    listing.notePage(request, page)
  }
  expect(listing.isDone).toBe(true)
  return { seen, requests, proof: prove(listing), listing }
}

export const alike = {
  resource_type: 'lead',
  status: 'verified',
  creator_id: '1',
  outcome_id: '7',
  resource_id: '90',
}

/** Visits that differ only in their kind, `l` for each of a lead and `c` for each of a contact. */
export const resembling = (kinds: string): ListedItem[] =>
  [...kinds].map((kind, n) => ({
    id: n + 1,
    at: 0,
    values: { ...alike, outcome_id: '', resource_type: kind === 'l' ? 'lead' : 'contact' },
  }))

export const isInside = (gap: Gap, { id, at, values }: ListedItem): boolean =>
  matches(gap.filter, values) &&
  id > gap.aboveId - (gap.cause === 'nameless' ? 1 : 0) &&
  id < gap.belowId + (gap.cause === 'nameless' ? 1 : 0) &&
  (gap.from === null || at >= gap.from) &&
  (gap.until === null || at <= gap.until)

/** Visits that were not read and lie in no gap. */
export const unexplained = (
  all: readonly ListedItem[],
  seen: ReadonlySet<number>,
  { gaps }: Proof,
) => all.filter((item) => !seen.has(item.id) && !gaps.some((gap) => isInside(gap, item)))

/** Lists of all kinds: the lower `variety`, the fewer values distinguish the visits. */
export const visitsOf = (known: Lists, count: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.array(
        fc.record({
          step: fc.integer({ min: 1, max: 3 }),
          at: fc.integer({ min: 0, max: 50 }),
          type: fc.integer({ min: 0, max: 9 }),
          status: fc.integer({ min: 0, max: 9 }),
          creator: fc.integer({ min: 0, max: 9 }),
          outcome: fc.integer({ min: 0, max: 9 }),
          resource: fc.integer({ min: 0, max: 5 }),
        }),
        { maxLength: count, size: 'max' },
      ),
    )
    .map(([variety, rows]) => {
      let id = 0
      return rows.map((row): ListedItem => {
        id += row.step
        return {
          id,
          at: row.at,
          values: {
            resource_type: types[row.type < 4 + variety ? 0 : 1] ?? '',
            status: statuses[row.status < 5 + variety ? 0 : 1] ?? '',
            creator_id: known.creators[Math.max(0, row.creator - 5) % variety] ?? '',
            outcome_id: row.outcome < 2 && variety !== 2 ? '' : (known.outcomes[variety % 2] ?? ''),
            resource_id: known.resources[row.resource % variety] ?? '',
          },
        }
      })
    })

export const everything: Lists = {
  creators: ['1', '2', '3', '4', '5'],
  outcomes: ['7', '8'],
  resources: ['90', '91', '92', '93', '94', '95'],
}
