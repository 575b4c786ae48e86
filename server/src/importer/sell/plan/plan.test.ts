import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type Gap, type Proof, prove } from '../proof/proof.ts'
import { RangeComparison } from '../proof/recheck.ts'
import { type ListPage, type PlannedPage, Plan } from './plan.ts'
import { type Parameter, type Filter, matches, type ListedItem } from './ranges.ts'
import { type Cap, sellCap } from './walk.ts'

/** A cap of 20 instead of 10,000, so that many shapes can be tried. */
const smallCap: Cap = { pages: 4, perPage: 5 }

const types = ['lead', 'contact']
const statuses = ['verified', 'unknown']

interface Lists {
  readonly creators: readonly string[]
  readonly outcomes: readonly string[]
  readonly resources: readonly string[]
}

const parametersOf = ({ creators, outcomes, resources }: Lists): Parameter[] => [
  { name: 'resource_type', isClosed: true, values: () => types },
  { name: 'status', isClosed: true, values: () => statuses },
  { name: 'creator_id', isClosed: false, values: () => creators },
  { name: 'resource_id', isClosed: false, requires: 'resource_type', values: () => resources },
  { name: 'outcome_id', isClosed: false, isNullable: true, values: () => outcomes },
]

/** What Sell answers, from a list in memory. */
function pageOf(all: readonly ListedItem[], request: PlannedPage, cap: Cap): ListPage {
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

/** Reads all pages that the plan asks for, several at a time, answered in any order. */
function drive(
  all: readonly ListedItem[],
  lists: Lists,
  cap: Cap,
  inFlight: number,
  plan = new Plan(parametersOf(lists), [], { cap }),
  seen = new Set<number>(),
  {
    onRequest = () => {},
    refuses = () => false,
  }: { readonly onRequest?: () => void; readonly refuses?: (filter: Filter) => boolean } = {},
) {
  const busy: PlannedPage[] = []
  let requests = 0
  const isBusy = (request: PlannedPage) =>
    busy.some(
      ({ range, order, page }) =>
        range === request.range && order === request.order && page === request.page,
    )
  for (;;) {
    for (let next; busy.length < inFlight && (next = plan.next(isBusy));) {
      busy.push(next)
    }
    const [request] = busy.splice((requests * 7) % Math.max(1, busy.length), 1)
    if (!request) break
    requests++
    onRequest()
    if (refuses(request.filter)) {
      plan.refuse(request.range)
      continue
    }
    const page = pageOf(all, request, cap)
    for (const { id } of page.items) seen.add(id)
    plan.notePage(request, page)
  }
  expect(plan.isDone).toBe(true)
  return { seen, requests, proof: prove(plan), plan }
}

const alike = {
  resource_type: 'lead',
  status: 'verified',
  creator_id: '1',
  outcome_id: '7',
  resource_id: '90',
}

/** Visits that differ only in their kind, `l` for each of a lead and `c` for each of a contact. */
const resembling = (kinds: string): ListedItem[] =>
  [...kinds].map((kind, n) => ({
    id: n + 1,
    at: 0,
    values: { ...alike, outcome_id: '', resource_type: kind === 'l' ? 'lead' : 'contact' },
  }))

interface Moves {
  /** `atOnce` visits change with every so many requests; `deletions` in ten are deleted. */
  readonly every: number
  readonly atOnce: number
  readonly changes: number
  readonly deletions: number
  /** Whether only the newest visits change. */
  readonly areNewest: boolean
}

/** The same while visits are deleted and logged. */
async function driveWhileChanging(given: readonly ListedItem[], moves: Moves) {
  const all = [...given]
  const known = new Map(given.map((item) => [item.id, item]))
  const plan = new Plan(parametersOf(everything), [], { cap: smallCap })
  const comparison = new RangeComparison(plan, smallCap)
  const seen = new Set<number>()
  const unreported: { readonly item: ListedItem; readonly isDeletion: boolean }[] = []
  let requested = 0
  let changes = 0
  const move = (): void => {
    if (++requested % moves.every !== 0) return
    for (let n = 0; n < moves.atOnce && changes < moves.changes; n++) change()
  }
  const change = (): void => {
    const isDeletion = (++changes * 7) % 10 < moves.deletions
    const among = moves.areNewest ? Math.min(7, all.length) : all.length
    const at = all.length - among + ((requested * 31) % Math.max(1, among))
    const [some] = isDeletion ? all.splice(at, 1) : all.slice(at, at + 1)
    if (!some) return
    const item = isDeletion ? some : { ...some, id: (all.at(-1)?.id ?? 0) + 1 }
    if (!isDeletion) all.push(item)
    known.set(item.id, item)
    unreported.push({ item, isDeletion })
  }
  const drain = (): void => {
    for (const { item, isDeletion } of unreported.splice(0)) {
      plan.due.mark(item.values, !isDeletion)
      if (isDeletion) seen.delete(item.id)
      else seen.add(item.id)
    }
  }
  for (let round = 0; ; round++) {
    if (round > 200) throw new Error('the list never came to rest')
    drive(all, everything, smallCap, 3, plan, seen, { onRequest: move })
    drain()
    const due = plan.due.collect()
    for (const range of due) {
      const isOfIt = (id: number) => matches(range.filter, known.get(id)?.values ?? {})
      const ids = [...seen].filter(isOfIt).sort((one, other) => one - other)
      const isInOrder = await comparison.compare(
        range,
        ids,
        async (order, page) => {
          move()
          const request = { range: range.key, filter: range.filter, order, page }
          return pageOf(all, request, smallCap).items.map(({ id }) => id)
        },
        async (missed) => missed.forEach((id) => seen.add(id)),
      )
      if (isInOrder) plan.due.unmark(range)
    }
    if (!plan.isDone || due.length > 0) continue
    drain()
    return { all, seen, proof: prove(plan) }
  }
}

const isInside = (gap: Gap, { id, at, values }: ListedItem): boolean =>
  matches(gap.filter, values) &&
  id > gap.aboveId - (gap.cause === 'nameless' ? 1 : 0) &&
  id < gap.belowId + (gap.cause === 'nameless' ? 1 : 0) &&
  (gap.from === null || at >= gap.from) &&
  (gap.until === null || at <= gap.until)

/** Visits that were not read and lie in no gap. */
const unexplained = (all: readonly ListedItem[], seen: ReadonlySet<number>, { gaps }: Proof) =>
  all.filter((item) => !seen.has(item.id) && !gaps.some((gap) => isInside(gap, item)))

/** Lists of all kinds: the lower `variety`, the fewer values distinguish the visits. */
const visitsOf = (known: Lists, count: number) =>
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

const everything: Lists = {
  creators: ['1', '2', '3', '4', '5'],
  outcomes: ['7', '8'],
  resources: ['90', '91', '92', '93', '94', '95'],
}

const ofAny = (check: (all: ListedItem[]) => void) => fc.property(visitsOf(everything, 300), check)
const runs = { numRuns: 300 }

describe('the plan', () => {
  const uniform = (count: number): ListedItem[] =>
    Array.from({ length: count }, (_, n) => ({
      id: 10 + 2 * n,
      at: n * 1000,
      values: alike,
    }))

  it('reads every visit, or names a gap that holds each missing one', () => {
    fc.assert(
      fc.property(visitsOf(everything, 300), fc.integer({ min: 1, max: 6 }), (all, inFlight) => {
        const { seen, proof } = drive(all, everything, smallCap, inFlight)
        expect(unexplained(all, seen, proof)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('loses no visit to shifting pages, whatever is deleted and logged while they are read', async () => {
    const moves = fc.record({
      every: fc.integer({ min: 1, max: 5 }),
      atOnce: fc.integer({ min: 1, max: 8 }),
      changes: fc.integer({ min: 1, max: 80 }),
      deletions: fc.integer({ min: 3, max: 10 }),
      areNewest: fc.boolean(),
    })
    const property = fc.asyncProperty(visitsOf(everything, 150), moves, async (given, how) => {
      const { all, seen, proof } = await driveWhileChanging(given, how)
      expect(unexplained(all, seen, proof)).toEqual([])
    })
    const grown = resembling('lllccclllcccccllcllcllcccllllcclclllcllclcllllccccllcclllc')
    const how = { every: 1, atOnce: 1, changes: 29, deletions: 3, areNewest: false }
    const examples: [ListedItem[], Moves][] = [[grown, how]]
    await fc.assert(property, { numRuns: 300, examples })
  })

  it('ends where a list shrinks below the cap after its last page was read', () => {
    const all = resembling('l'.repeat(30))
    let requests = 0
    const { seen, proof } = drive(all, everything, smallCap, 1, undefined, undefined, {
      onRequest: () => {
        if (++requests === 4) all.splice(5, 20)
        if (requests > 100) throw new Error('the plan requests pages without end')
      },
    })
    expect(unexplained(all, seen, proof)).toEqual([])
  })

  const listed: Lists = {
    creators: ['1', '2'],
    outcomes: ['7'],
    resources: ['90', '91'],
  }
  const isListed = (item: ListedItem, parameter: string): boolean => {
    const found = parametersOf(listed).find(({ name }) => name === parameter)
    return [...(found?.values({}) ?? [])].includes(item.values[parameter] ?? '')
  }

  /** Visits that are missing, in no gap, and named by all lists that the claim rests on. */
  const claimed = (missing: readonly ListedItem[], { gaps, restsOn }: Proof): ListedItem[] =>
    missing.filter(
      (item) =>
        !gaps.some((gap) => isInside(gap, item)) &&
        restsOn.every((parameter) => isListed(item, parameter)),
    )

  it('claims no completeness for unlisted values once one of the kind was seen', () => {
    const property = ofAny((all) => {
      const { seen, proof } = drive(all, listed, smallCap, 3)
      const missing = all.filter(({ id }) => !seen.has(id))
      expect(claimed(missing, proof)).toEqual([])
    })
    fc.assert(property, runs)
  })

  it('requests values that only an event has, and rests no longer on lists that do not name them', () => {
    const property = ofAny((all) => {
      const { seen, plan } = drive(all, listed, smallCap, 3)
      for (let missing; (missing = all.find(({ id }) => !seen.has(id)));) {
        const { id } = missing
        plan.observe([missing])
        seen.add(id)
        drive(all, listed, smallCap, 3, plan, seen)
      }
      const areListed = (items: readonly ListedItem[], parameter: string): boolean =>
        items.every((item) => isListed(item, parameter))
      for (const parameter of prove(plan).restsOn) {
        // Leads and contacts have separate lists.
        const apart = parameter === 'resource_id' ? types : [undefined]
        const isOf = (type: string | undefined) => (item: ListedItem) =>
          type === undefined || item.values['resource_type'] === type
        expect(apart.some((type) => areListed(all.filter(isOf(type)), parameter))).toBe(true)
      }
    })
    fc.assert(property, runs)
  })

  it.each([
    ['no resource type', ({ resource_type: type }: Filter) => type !== undefined],
    ['no visits of one user', ({ creator_id: creator }: Filter) => creator === '1'],
    [
      'no status without another filter',
      (filter: Filter) => Object.keys(filter).join() === 'status',
    ],
  ])('splits by another parameter, or names a gap, where Sell lists %s', (_, refuses) => {
    const property = ofAny((all) => {
      const { seen, proof } = drive(all, everything, smallCap, 3, undefined, undefined, {
        refuses,
      })
      expect(unexplained(all, seen, proof)).toEqual([])
    })
    fc.assert(property, runs)
  })

  it('splits by another parameter where Sell lists no resource type at all', () => {
    const all = uniform(25_000).map((item, n) => ({
      ...item,
      values: { ...item.values, creator_id: everything.creators[n % 5] ?? '' },
    }))
    const refuses = (filter: Filter): boolean => filter['resource_type'] !== undefined
    const run = drive(all, everything, sellCap, 4, undefined, undefined, { refuses })
    expect(run.seen.size).toBe(all.length)
    expect(run.proof).toMatchObject({ gaps: [], restsOn: ['creator_id'] })
  })

  it.each([
    [0, 1],
    [99, 1],
    [9_999, 101],
    [10_000, 103],
    [10_001, 104],
    [19_999, 203],
  ])('reads %i visits of one kind to the end, with %i requests at most', (count, requestsMax) => {
    const run = drive(uniform(count), everything, sellCap, 4)
    expect(run.seen.size).toBe(count)
    expect(run.proof).toMatchObject({ gaps: [], restsOn: [] })
    expect(run.requests).toBeLessThanOrEqual(requestsMax)
  })

  it('reads both ends of 25,000 visits that no filter distinguishes, and names the middle', () => {
    const run = drive(uniform(25_000), everything, sellCap, 4)
    expect(run.seen.size).toBe(20_000)
    expect(run.proof.gaps).toHaveLength(1)
    expect(run.proof.gaps[0]).toMatchObject({
      filter: { creator_id: '1', status: 'verified', resource_type: 'lead', resource_id: '90' },
      cause: 'middle',
      aboveId: 10 + 2 * 9_999,
      belowId: 10 + 2 * 15_000,
    })
  })

  it('does not count two ends as meeting while an id lies between them', () => {
    const { seen, proof } = drive(uniform(20_000), everything, sellCap, 4)
    expect(seen.size).toBe(20_000)
    expect(proof.gaps).toMatchObject([{ cause: 'middle', aboveId: 20_008, belowId: 20_010 }])
  })

  it('does not count a split by leads as proof where no list names the leads', () => {
    const all = uniform(25_000).map((item, n) => ({
      ...item,
      values: { ...item.values, resource_id: String(1000 + (n % 500)) },
    }))
    const { seen, proof } = drive(all, { ...everything, resources: [] }, sellCap, 4)
    expect(seen.size === all.length || proof.gaps.length > 0).toBe(true)
  })

  it('resumes from saved ranges without requesting pages again', () => {
    const all = uniform(15_000)
    const plan = new Plan(parametersOf(everything))
    const isBusy = () => false
    for (let n = 0; n < 50; n++) {
      const request = plan.next(isBusy)
      if (request) plan.notePage(request, pageOf(all, request, sellCap))
    }
    const saved = JSON.parse(JSON.stringify([...plan.ranges.all()]))
    const resumed = new Plan(parametersOf(everything), saved)
    let requests = 50
    for (let next; (next = resumed.next(isBusy)); requests++) {
      resumed.notePage(next, pageOf(all, next, sellCap))
    }
    expect(prove(resumed).gaps).toEqual([])
    expect(requests).toBeLessThanOrEqual(155)
  })
})
