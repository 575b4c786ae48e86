import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { SellVisit } from '../../domain/sell-visits.ts'
import type { Visit } from '../../domain/visits.ts'
import { mergeVisit } from './merge.ts'

const start = Date.UTC(2026, 4, 9, 7, 30)

/** Version `n` of a visit as a list item; versions are a little over 5 s apart. */
const listed = (n: number): SellVisit => ({
  id: 1,
  creatorId: 7,
  resourceType: 'lead',
  resourceId: 70,
  status: 'verified',
  outcomeId: 33,
  summary: `version ${n}`,
  visitedAt: start + 123,
  createdAt: start + 456,
  resourceAddress: '4 Mill Lane',
  updatedAt: start + n * 5137,
})

/** The same version as a stream item, up to 2 s later. */
const streamed = (n: number, lateMs: number): SellVisit => {
  const { resourceAddress: _, updatedAt = 0, ...shared } = listed(n)
  const second = (ms: number) => Math.floor(ms / 1000) * 1000
  return {
    ...shared,
    visitedAt: second(shared.visitedAt),
    createdAt: second(shared.createdAt),
    outcome: { id: 33, name: 'Interested', hasOriginalName: true },
    location: { latitude: 52.5, longitude: 13.4 },
    event: {
      id: `event ${n}`,
      type: n === 1 ? 'created' : 'updated',
      cause: 'interaction',
      sequence: n,
      at: second(updatedAt + lateMs),
    },
  }
}

const anyItem = fc.record({
  version: fc.integer({ min: 1, max: 6 }),
  isStreamed: fc.boolean(),
})

const merge = (items: readonly SellVisit[], from?: Visit): Visit | undefined =>
  items.reduce<Visit | undefined>((before, item) => mergeVisit(before, item, new Map()), from)

describe('merging list and stream items of one visit', () => {
  it('ends with the newest version in any order, and repeated items change nothing (A.2, A.3)', () => {
    const history = fc.tuple(
      fc.array(anyItem, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 2000 }),
    )
    fc.assert(
      fc.property(history, ([picks, lateMs]) => {
        const items = picks.map(({ version, isStreamed }) =>
          isStreamed ? streamed(version, lateMs) : listed(version),
        )
        const visit = merge(items)
        const newest = Math.max(...picks.map(({ version }) => version))
        expect(visit).toMatchObject({
          summary: `version ${newest}`,
          resourceAddress: picks.some((each) => !each.isStreamed) ? '4 Mill Lane' : null,
          latitude: picks.some(({ isStreamed }) => isStreamed) ? 52.5 : null,
          ...(picks.some(({ isStreamed }) => !isStreamed) && {
            visitedAt: start + 123,
            createdAt: start + 456,
          }),
        })
        expect(merge(items, visit)).toEqual(visit)
      }),
      { numRuns: 2000 },
    )
  })

  it('has the milliseconds of the list if list and stream carry the same version', () => {
    const pair = [listed(3), streamed(3, 0)]
    for (const items of [pair, pair.toReversed()]) {
      expect(merge(items)?.updatedAt).toBe(listed(3).updatedAt)
    }
    const late = streamed(3, 900)
    expect(merge([listed(3), late])?.updatedAt).toBe(listed(3).updatedAt)
    expect(merge([late, listed(3)])?.updatedAt, 'never goes back').toBe(late.event?.at)
  })
})
