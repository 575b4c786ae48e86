import { describe, expect, it } from 'vitest'

import { doorstep, stop } from '../support/doorstep.ts'
import {
  expectEqualSets,
  importArgs,
  importSell,
  spawnImport,
  visitsHere,
} from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

describe('doorstep import sell', () => {
  it('reads all of 10,001 visits, proves it, and exits with 0', async () => {
    await using double = await startSellDouble({ visits: 10_001 })
    await using here = await newTarget()
    const ran = await doorstep(importArgs(double.url, ['--json']), here.dataDir, sellToken)
    const complete = { phase: 'done', is_complete: true, rests_on: [], gaps: [] }
    expect(JSON.parse(ran.stdout)).toMatchObject(complete)
    expect(ran.status).toBe(0)
    await expectEqualSets(here, double)
    expect(double.counts()['/v2/visits']).toBeLessThan(115)
    expect(double.counts()['429'] ?? 0).toBe(0)
    expect((await doorstep(['doctor'], here.dataDir)).stdout).toContain('All is well.')
  })

  it('takes in what is logged, changed and deleted while it runs', async () => {
    await using double = await startSellDouble({ visits: 11_000 })
    double.setChurn(3, 30)
    await using here = await newTarget()
    const { is_complete, counts } = await importSell(here, double)
    expect(is_complete).toBe(true)
    await expectEqualSets(here, double)
    expect(double.counts()).toMatchObject({ create: 10, update: 10, delete: 10 })
    expect(counts.events).toBeGreaterThan(20)
  })

  it('misses none when pages shift, however much is deleted while it runs', async () => {
    await using double = await startSellDouble({ visits: 10_500 })
    double.setChurn(2, 40, ['delete'])
    await using here = await newTarget()
    const { gaps, counts } = await importSell(here, double)
    expect(gaps).toEqual([])
    await expectEqualSets(here, double)
    expect(double.ids()).toHaveLength(10_500 - 40)
    expect(counts.events).toBeGreaterThan(30)
  })

  it('survives resets, slow answers, 409, 429 without a body and 503', async () => {
    await using double = await startSellDouble({ visits: 2_000, perSecond: 60 })
    double.setFaults({ resets: 60, unavailable: 60, conflicts: 60, slow: 30, slowMs: 500 })
    double.setFaults({ retryAfter: '1', lazyStream: 300 })
    await using here = await newTarget()
    const { is_complete, repeated } = await importSell(here, double)
    expect(is_complete).toBe(true)
    expect(repeated).toBeGreaterThan(0)
    await expectEqualSets(here, double)
  })

  it('leaves no gap where Sell reports its rate limit as 404, on any list, object or stream', async () => {
    await using double = await startSellDouble({ visits: 1_500, leads: 120, perSecond: 100 })
    double.setFaults({ hiddenLimits: 150 })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect({ is_complete, gaps }).toEqual({ is_complete: true, gaps: [] })
    expect(double.counts()['hidden']).toBeGreaterThan(0)
    await expectEqualSets(here, double)
  })

  it('sends no more requests a second than it is allowed', async () => {
    await using double = await startSellDouble({ visits: 2_000 })
    await using here = await newTarget()
    const settings = { SELL_REQUESTS_PER_SECOND: '20', SELL_REQUESTS_IN_FLIGHT: '30' }
    const startMs = performance.now()
    expect((await importSell(here, double, { settings })).gaps).toEqual([])
    const seconds = (performance.now() - startMs) / 1000
    // No more than a second's worth at once, and then as many as the rate gives.
    expect(double.counts()['all']).toBeLessThanOrEqual(20 + 20 * seconds)
  })

  it('resumes after a kill, and reads again at most the pages that were on their way', async () => {
    await using double = await startSellDouble({ visits: 11_000, latencyMs: 40 })
    await using here = await newTarget()
    const kills = 5
    for (let n = 1; n <= kills; n++) {
      const child = spawnImport(here.dataDir, double.url)
      await until(() => (double.counts()['/v2/visits'] ?? 0) > 20 * n)
      await stop(child, 'SIGKILL')
    }
    expect((await importSell(here, double)).is_complete).toBe(true)
    await expectEqualSets(here, double)
    // A kill loses the pages of the transaction that is being saved, and those requested meanwhile.
    const inFlight = 8
    expect(double.counts()['/v2/visits']).toBeLessThan(115 + kills * 2 * (inFlight + 1))
  })

  it('is not complete while Sell sends a visit that is rejected', async () => {
    await using double = await startSellDouble({ visits: 50 })
    const { id } = double.create({ status: 'beamed' })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps[0]?.reason).toContain('1 visit could not be saved')
    double.update(id, { status: 'verified' })
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it('says that changes cannot be followed when the token may not read the stream', async () => {
    await using double = await startSellDouble({ visits: 300 })
    double.setFaults({ noStream: true })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps.map(({ reason }) => reason).join()).toContain('stream cannot be read')
    await expectEqualSets(here, double)

    const before = double.create()
    expect((await importSell(here, double)).is_complete).toBe(false)
    expect((await visitsHere(here)).has(before.id)).toBe(true)
    double.create()
    double.setFaults({ noStream: false })
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it('names the status with which Sell refuses a token, and exits with 1', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await using here = await newTarget()
    const wrong = await doorstep(importArgs(double.url), here.dataDir, 'wrong')
    expect(wrong.status).toBe(1)
    expect(wrong.stderr).toContain('401')
  })

  it('starts a new full pass when the stream’s position has expired, and finds deletions', async () => {
    await using double = await startSellDouble({ visits: 1_500 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    const ids = double.ids()
    double.remove(ids[10]!)
    double.remove(ids.at(-1)!)
    double.update(ids[20]!, { summary: 'changed long ago' })
    double.create()
    double.expire()
    expect(await importSell(here, double)).toMatchObject({ gaps: [], comparison: 2 })
    await expectEqualSets(here, double)
  })
})
