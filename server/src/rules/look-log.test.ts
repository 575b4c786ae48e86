import { describe, expect, it } from 'vitest'

import type { Look } from '../domain/location-data.ts'
import { LookLog } from './look-log.ts'

const shown = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ visitId: index + 1, creatorId: 7 }))

/** A store that fails while `isDown`. */
function newStore() {
  const state = { isDown: false }
  const saved: [number, Look][] = []
  const saveLooks = async (account: number, looks: readonly Look[]): Promise<void> => {
    if (state.isDown) throw new Error('down')
    for (const look of looks) saved.push([account, look])
  }
  return { state, saved, locationData: { saveLooks } }
}

describe('who looked', () => {
  it('is kept while the store is down (10.11)', async () => {
    const [log, store] = [new LookLog(), newStore()]
    log.note(1, 9, shown(1_200), 0)
    log.note(2, 9, shown(1), 0)
    store.state.isDown = true
    await expect(log.flush(store)).rejects.toThrow('down')
    log.note(1, 8, shown(1), 0)
    store.state.isDown = false

    expect(await log.flush(store)).toBe(0)

    expect(store.saved).toHaveLength(1_202)
    await log.flush(store)
    expect(store.saved).toHaveLength(1_202)
  })

  it('takes bounded memory, and counts what it lost (10.11)', async () => {
    const [log, store] = [new LookLog(), newStore()]
    for (let viewer = 1; viewer <= 51; viewer++) log.note(1, 1_000 + viewer, shown(1_000), 0)

    expect(await log.flush(store)).toBe(1_000)
    expect(store.saved).toHaveLength(50_000)
    expect(await log.flush(store)).toBe(0)
  })

  it('is noted once an hour for each viewer, visit and account (10.11)', async () => {
    const [log, store] = [new LookLog(), newStore()]
    for (const at of [0, 3_599_999, 3_600_000]) log.note(1, 9, shown(1), at)
    log.note(1, 10, shown(1), 0)
    log.note(2, 9, shown(1), 0)
    log.note(1, 7, shown(1), 0)

    await log.flush(store)

    const looks = store.saved.map(([account, { viewerId, at }]) => [account, viewerId, at])
    expect(looks).toEqual([
      [1, 9, 0],
      [1, 9, 3_600_000],
      [1, 10, 0],
      [2, 9, 0],
    ])
  })
})
