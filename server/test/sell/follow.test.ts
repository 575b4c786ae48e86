import { describe, expect, it } from 'vitest'

import { doorstep, stop } from '../support/doorstep.ts'
import {
  followSell,
  importArgs,
  spawnImport,
  untilEqualSets,
  untilPhase,
  visitsHere,
} from '../support/import-sell.ts'
import { differencesBetween } from '../support/sell-double/compare.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

describe('doorstep import sell --follow', () => {
  it('takes changes in until it is stopped, and after a restart those from in between', async () => {
    await using double = await startSellDouble({ visits: 1_000 })
    await using here = await newTarget()
    const first = spawnImport(here.dataDir, double.url, ['--follow'])
    await untilPhase(here, 'following')
    const ids = double.ids()
    double.update(ids[5]!, { summary: 'seen while following' })
    double.remove(ids[6]!)
    const { id } = double.create()
    await until(async () => (await visitsHere(here)).has(id))
    await untilEqualSets(here, double)
    expect(await stop(first, 'SIGTERM')).toBe(1)

    double.update(ids[7]!, { summary: 'changed in between' })
    const again = spawnImport(here.dataDir, double.url, ['--follow'])
    const summary = async () => (await visitsHere(here)).get(ids[7]!)?.['summary']
    await until(async () => (await summary()) === 'changed in between')
    await untilEqualSets(here, double)
    await untilPhase(here, 'following')
    const status = await doorstep(['import', 'status'], here.dataDir)
    expect(status.stdout).toMatch(/\d+ s behind Sell/)
    await stop(again, 'SIGTERM')
  })

  it('misses no change where Sell reports its rate limit as 404', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await using here = await newTarget()
    await using _ = await followSell(here, double)
    double.setFaults({ hiddenLimits: 300 })
    const hidden = () => double.counts()['hidden'] ?? 0
    for (const limits of [1, 2, 3]) {
      const { id } = double.create()
      await until(async () => (await visitsHere(here)).has(id))
      await until(() => hidden() >= limits)
    }
    await untilEqualSets(here, double)
    expect((await visitsHere(here)).size).toBe(303)
  })

  it('refuses a second process for the same source, until the first has ended', async () => {
    await using double = await startSellDouble({ visits: 500 })
    await using here = await newTarget()
    const first = spawnImport(here.dataDir, double.url, ['--follow'])
    await untilPhase(here, 'following')
    const second = await doorstep(importArgs(double.url), here.dataDir, sellToken)
    expect(second.status).toBe(1)
    expect(second.stderr).toContain('is already importing from')
    await stop(first, 'SIGKILL')
    const third = await doorstep(importArgs(double.url), here.dataDir, sellToken)
    expect(third.status).toBe(0)
  })

  it('reads leads, contacts, users and outcomes for changes again and again', async () => {
    await using double = await startSellDouble({ visits: 200, leads: 250 })
    await using here = await newTarget()
    {
      await using _ = await followSell(here, double, { SELL_REFRESH_MS: '100' })
      double.touchLead(50_003)
      double.touchLead(60_001)
      const namesOf = async () => {
        const page = { offset: 0, limit: 2, sort: { field: 'id', descending: false } } as const
        const wanted = { ids: [50_003, 60_001] }
        const { rows } = await here.store.leads.list(here.account, wanted, page)
        return rows.map(({ attributes }) => JSON.parse(attributes).last_name)
      }
      await until(async () => (await namesOf()).join() === 'Changed 50003,Changed 60001')
      double.resetCounts()
      await until(() => (double.counts()['/v2/users'] ?? 0) >= 3)
    }
    // One page of leads each time; the counts may have begun in the middle of one.
    const counts = double.counts()
    expect(counts['/v2/leads']).toBeLessThanOrEqual(counts['/v2/users']! + 1)
  })

  it('starts a new full pass when a stream that was refused may be read again', async () => {
    await using double = await startSellDouble({ visits: 200 })
    double.setFaults({ noStream: true })
    await using here = await newTarget()
    await using _ = await followSell(here, double, { SELL_REFRESH_MS: '100' })
    const { id } = double.create()
    double.setFaults({ noStream: false })
    await until(async () => (await visitsHere(here)).has(id))
    const later = double.create()
    await until(async () => (await visitsHere(here)).has(later.id))
    await untilEqualSets(here, double)
    expect(await differencesBetween(here.store, double)).toEqual([])
  })
})
