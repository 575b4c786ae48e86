import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { engine } from '../support/engine.ts'
import { runs } from '../support/runs.ts'
import { visitItem } from '../support/sell-items.ts'
import { startApp } from '../support/start.ts'
import { drain } from '../support/stream.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const yearMs = 365 * dayMs
const retentionMs = 72 * hourMs
const right = Date.parse('2026-06-01T09:00:00Z')

/** A server whose clock the test sets. */
async function start() {
  let now = right
  let id = 0
  const app = await startApp({ clock: () => now, retentionMs })
  return Object.assign(app, {
    setClock: (ms: number) => void (now = ms),
    /** Appends events by an import, whose events take the time at which they enter (A.5). */
    append: async (count: number) => {
      await app.import(Array.from({ length: count }, () => visitItem({ id: ++id })))
      return id
    },
    times: async () =>
      (await drain(app.client)).map(({ meta }) => Date.parse(String(meta.event_time))),
    problems: async () =>
      (await app.store.check(app.account)).map(({ problem }) => problem.slice(0, 40)),
  })
}

describe('a clock that was ahead', () => {
  it('does not date later events in the future (5.5)', async () => {
    await using app = await start()
    app.setClock(right + yearMs)
    await app.append(1)
    app.setClock(right)
    await app.append(1)
    app.setClock(right - 4 * minuteMs)
    await app.append(1)

    const seconds = [right + yearMs, right, right]
    expect(await app.times()).toEqual(seconds)
    expect((await drain(app.client)).map(({ data }) => data.id)).toEqual([1, 2, 3])
  })

  it.each([
    ['and nothing follows', 0],
    ['and other events follow', 3],
  ])('does not keep events longer than the retention, %s (5.6)', async (_, following) => {
    await using app = await start()
    await app.append(2)
    app.setClock(right + yearMs)
    await app.append(3)
    app.setClock(right + hourMs)
    await app.append(following)
    await app.maintain()
    expect(await drain(app.client)).toHaveLength(5 + following)

    app.setClock(right + hourMs + retentionMs + 25 * hourMs)
    await app.maintain()
    expect(await drain(app.client)).toEqual([])
    expect(await app.store.check(app.account)).toEqual([])
  })

  it('is reported by doctor until the events are counted as appended now (5.6)', async () => {
    await using app = await start()
    app.setClock(right + 3 * dayMs)
    await app.append(1)
    app.setClock(right)
    const [finding] = await app.store.check(app.account)
    expect(finding?.problem).toContain('events of 2026-06-04T09:00:00Z, which is in the future')
    expect(finding?.remedy).toContain('Compare the clock of this machine')
    await app.append(1)
    expect(await app.problems()).toHaveLength(1)
    await app.maintain()
    expect(await app.problems()).toEqual([])
  })

  it.each([
    ['further', dayMs],
    ['less', yearMs],
  ])('may be ahead %s once more while events are dated anew (5.6)', async (_, aheadMs) => {
    await using app = await start()
    app.setClock(right + aheadMs)
    await app.append(1)
    app.setClock(right)
    await app.append(1)
    app.setClock(right + 2 * dayMs)
    await app.maintain()
    app.setClock(right + hourMs)
    expect(await app.problems()).toEqual([])
    app.setClock(right + retentionMs + 25 * hourMs)
    await app.maintain()
    expect(await drain(app.client)).toEqual([])
  })

  it('leaves no event behind that is dated anew after events that follow it (5.6)', async () => {
    await using app = await start()
    await app.maintain()
    app.setClock(right + yearMs)
    await app.append(1)
    app.setClock(right + 15 * hourMs)
    await app.append(1)
    app.setClock(right + 111 * hourMs)
    await app.append(1)
    await app.maintain()
    expect(await app.problems()).toEqual([])
  })

  it('leaves no event behind, whenever it was ahead and whoever worked meanwhile (5.6)', async () => {
    const step = fc.record({
      aheadMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 10 * minuteMs }),
        fc.integer({ min: 0, max: 9 * dayMs }),
        fc.constant(yearMs),
      ),
      count: fc.integer({ min: 0, max: 3 }),
      isMaintained: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        await using app = await start()
        let truth = right
        for (const { aheadMs, count, isMaintained } of steps) {
          truth += hourMs
          app.setClock(truth + aheadMs)
          await app.append(count)
          if (isMaintained) await app.maintain()
        }
        truth += hourMs
        app.setClock(truth)
        const last = await app.append(1)
        const newest = (await app.times()).at(-1) ?? 0
        expect(newest - truth).toBeLessThanOrEqual(5 * minuteMs)
        await app.maintain()
        expect(await app.problems()).toEqual([])
        // A partition is dropped when its day is over.
        truth += retentionMs + 25 * hourMs
        app.setClock(truth)
        await app.append(1)
        await app.maintain()
        expect((await drain(app.client)).map(({ data }) => data.id)).toEqual([last + 1])
        expect(await app.problems()).toEqual([])
      }),
      { numRuns: runs({ test: 6, rest: engine === 'sqlite' ? 40 : 20, isOfSql: true }) },
    )
  })
})
