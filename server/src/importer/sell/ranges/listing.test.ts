import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { runs } from '../../../../test/support/runs.ts'
import {
  alike,
  drive,
  everything,
  isInside,
  type Lists,
  pageOf,
  parametersOf,
  resembling,
  smallCap,
  types,
  unexplained,
  visitsOf,
} from '../../../../test/support/sell-list.ts'
import { type Proof, prove } from '../proof/proof.ts'
import { Listing } from './listing.ts'
import type { Filter, ListedItem } from './ranges.ts'
import { sellCap } from './walk.ts'

const ofAny = (check: (all: ListedItem[]) => void) => fc.property(visitsOf(everything, 300), check)
const numRuns = runs({ test: 15, rest: 200 })

describe('the listing', () => {
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
      { numRuns },
    )
  })

  it('ends where a list shrinks below the cap after its last page was read', () => {
    const all = resembling('l'.repeat(30))
    let requests = 0
    const { seen, proof } = drive(all, everything, smallCap, 1, undefined, undefined, {
      onRequest: () => {
        if (++requests === 4) all.splice(5, 20)
        if (requests > 100) throw new Error('the listing requests pages without end')
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
    fc.assert(property, { numRuns })
  })

  it('requests values that only an event has, and rests no longer on lists that do not name them', () => {
    const property = ofAny((all) => {
      const { seen, listing } = drive(all, listed, smallCap, 3)
      for (let missing; (missing = all.find(({ id }) => !seen.has(id)));) {
        const { id } = missing
        listing.observe([missing])
        seen.add(id)
        drive(all, listed, smallCap, 3, listing, seen)
      }
      const areListed = (items: readonly ListedItem[], parameter: string): boolean =>
        items.every((item) => isListed(item, parameter))
      for (const parameter of prove(listing).restsOn) {
        // Leads and contacts have separate lists.
        const apart = parameter === 'resource_id' ? types : [undefined]
        const isOf = (type: string | undefined) => (item: ListedItem) =>
          type === undefined || item.values['resource_type'] === type
        expect(apart.some((type) => areListed(all.filter(isOf(type)), parameter))).toBe(true)
      }
    })
    fc.assert(property, { numRuns })
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
    fc.assert(property, { numRuns })
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
    const listing = new Listing(parametersOf(everything))
    const isBusy = () => false
    for (let n = 0; n < 50; n++) {
      const request = listing.next(isBusy)
      if (request) listing.notePage(request, pageOf(all, request, sellCap))
    }
    const saved = JSON.parse(JSON.stringify([...listing.ranges.all()]))
    const resumed = new Listing(parametersOf(everything), saved)
    let requests = 50
    for (let next; (next = resumed.next(isBusy)); requests++) {
      resumed.notePage(next, pageOf(all, next, sellCap))
    }
    expect(prove(resumed).gaps).toEqual([])
    expect(requests).toBeLessThanOrEqual(155)
  })
})
