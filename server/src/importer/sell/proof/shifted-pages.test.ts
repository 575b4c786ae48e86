import { describe, expect, it } from 'vitest'

import { type Order, sellCap } from '../ranges/walk.ts'
import { findShifted } from './shifted-pages.ts'

/** A list that shows its ids in pages of 100 and counts the requests. */
function listOf(count: number) {
  const ids = Array.from({ length: count }, (_, n) => 3 * n + 1)
  const list = {
    ids,
    requests: 0,
    show: async (order: Order, page: number) => {
      list.requests++
      const sorted = order === 'id:asc' ? ids : ids.toReversed()
      return sorted.slice((page - 1) * 100, page * 100)
    },
  }
  return list
}

const look = async (list: ReturnType<typeof listOf>, ids: readonly number[]) => {
  const found: number[] = []
  const verdict = await findShifted({ cap: sellCap, ids }, list.show, async (ids) => {
    found.push(...ids)
  })
  return { verdict, found: found.sort((one, other) => one - other) }
}

describe('an item that shifting pages have hidden', () => {
  it.each([
    [1_234, [], 1],
    [9_950, [4_000], 10],
    [9_950, [0, 9_949], 11],
    [9_950, [40, 41, 5_000, 9_000], 27],
    [1_001, [1_000], 5],
    [10_001, [10_000], 5],
    [19_900, [3_000, 15_000], 18],
  ])('of %i visits, at %j, is found with at most %i requests', async (count, at, requestsMax) => {
    const list = listOf(count)
    const missing = at.map((index) => list.ids[index]!)
    const { verdict, found } = await look(
      list,
      list.ids.filter((id) => !missing.includes(id)),
    )
    expect(verdict).toBe('in_order')
    for (const id of missing) expect(found).toContain(id)
    expect(list.requests).toBeLessThanOrEqual(requestsMax)
  })

  it('rejects a list whose two ends no longer meet: a visit between them would be missed', async () => {
    const list = listOf(20_001)
    const known = list.ids.toSpliced(10_000, 1)
    expect(await look(list, known)).toEqual({ verdict: 'outgrown', found: [] })
  })

  it('waits for the stream where the list shows fewer items than are known', async () => {
    const list = listOf(500)
    expect(await look(list, [...list.ids, 3 * 500 + 1])).toEqual({ verdict: 'ahead', found: [] })
  })
})
