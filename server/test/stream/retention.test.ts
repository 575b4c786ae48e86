import { describe, expect, it } from 'vitest'

import { visitItem, visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { path, position, idsOf, drain, startWithVisits, refusalOf } from '../support/stream.ts'

describe('retention', () => {
  const hour = 3_600_000
  const start = Date.parse('2026-06-01T00:00:00Z')

  /** Events 1 to 3 a hundred hours ago, 4 and 5 just now; the old ones have been dropped. */
  async function startAged() {
    let now = start
    const app = await startApp({ clock: () => now })
    await app.import(visitItems(3))
    now += 100 * hour
    await app.import([visitItem({ id: 4 }), visitItem({ id: 5 })])
    await app.store.events.drop(app.account, now - 72 * hour, 1000)
    return app
  }

  it('answers 410 position_expired where the next event is gone (5.6)', async () => {
    await using app = await startAged()

    for (const offset of [0, 1, 2]) {
      expect(await refusalOf(app, `?position=${position(0, offset)}`)).toEqual({
        status: 410,
        codes: ['position_expired'],
        details: [expect.stringContaining('position=tail')],
      })
    }
  })

  it('answers 410 to a conditional request as well (5.6)', async () => {
    await using app = await startAged()
    const headers = { 'If-None-Match': '"0-0-1"' }

    const response = await app.fetch(`${path}?position=${position(0, 0)}&limit=1`, { headers })

    expect(response.status).toBe(410)
  })

  it('leaves a position that has missed nothing valid (5.6)', async () => {
    await using app = await startAged()

    expect(idsOf(await app.client.stream.read({ position: position(0, 3) }))).toEqual([4, 5])
    expect(idsOf(await app.client.stream.read({ position: 'tail' }))).toEqual([4, 5])
  })

  it('lets a position at the top never expire, however idle (5.6)', async () => {
    let now = start
    await using app = await startApp({ clock: () => now })
    await app.import(visitItems(3))
    const { meta } = await app.client.stream.read({ position: 'top' })
    now += 10_000 * hour
    await app.maintain()

    const page = await app.client.stream.read({ position: meta.position })

    expect(page).toMatchObject({ items: [], meta: { top: true, position: meta.position } })
    expect(await drain(app.client)).toEqual([])
  })

  it('keeps events as long as configured, and then lets them go (5.6)', async () => {
    let now = start
    await using app = await startApp({ clock: () => now, retentionMs: 2 * hour })
    await app.import(visitItems(3))

    now += 2 * hour
    await app.maintain()
    expect(await drain(app.client)).toHaveLength(3)

    now += 1
    await app.maintain()
    expect(await drain(app.client)).toEqual([])
    expect((await app.client.visits.list()).items).toHaveLength(3)
  })
})

describe('a restore', () => {
  const generationOf = async (app: TestApp): Promise<number> =>
    (await app.store.events.read(app.account, { offset: 0, limit: 0 })).stream.generation

  /** A store that had three events when it was restored, and has five now. */
  async function startRestored() {
    const app = await startWithVisits(3)
    await app.store.events.raiseGeneration(app.account, 'stream_reset')
    await app.import([visitItem({ id: 4 }), visitItem({ id: 5 })])
    return app
  }

  it.each([
    [0, [1, 2, 3, 4, 5]],
    [2, [3, 4, 5]],
    [3, [4, 5]],
  ])('leaves a position from before it valid: offset %i (5.4)', async (offset, expected) => {
    await using app = await startRestored()

    const page = await app.client.stream.read({ position: position(0, offset) })

    expect(idsOf(page)).toEqual(expected)
    expect(page.meta.position).toBe(position(await generationOf(app), 5))
  })

  it.each([4, 5, 6])(
    'answers 410 stream_reset to one that has seen what it lost: offset %i (5.4)',
    async (offset) => {
      await using app = await startRestored()

      expect(await refusalOf(app, `?position=${position(0, offset)}`)).toEqual({
        status: 410,
        codes: ['stream_reset'],
        details: [expect.stringContaining('position=tail')],
      })
    },
  )

  it('accepts the positions of every generation (5.4)', async () => {
    await using app = await startRestored()
    const second = await generationOf(app)
    const { generation: third } = await app.store.events.raiseGeneration(
      app.account,
      'stream_reset',
    )
    await app.import([visitItem({ id: 6 }), visitItem({ id: 7 })])
    const statusOf = async (generation: number, offset: number) =>
      (await app.fetch(`${path}?position=${position(generation, offset)}`)).status

    expect([await statusOf(0, 3), await statusOf(second, 5), await statusOf(third, 7)]).toEqual([
      200, 200, 200,
    ])
    expect([await statusOf(0, 4), await statusOf(second, 6)]).toEqual([410, 410])
    expect([await statusOf(third, 8), await statusOf(third + 1, 0)]).toEqual([400, 400])
  })
})
