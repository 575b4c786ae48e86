import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import {
  expectEqualSets,
  importArgs,
  importSell,
  quickSettings,
  visitsHere,
} from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'

// NOTE: on one engine only. These are about requests to Sell. Its cap of 10,000 cannot be made smaller.
describe('an import at and beyond what Sell shows of one list', () => {
  it.each([9_999, 10_000])('reads all of %i visits, and proves it', async (visits) => {
    await using double = await startSellDouble({ visits })
    await using here = await newTarget()
    const complete = { phase: 'done', is_complete: true, rests_on: [], gaps: [] }
    expect(await importSell(here, double)).toMatchObject(complete)
    await expectEqualSets(here, double)
    expect(double.counts()['/v2/visits']).toBeLessThan(115)
    expect(double.counts()['429'] ?? 0).toBe(0)
  })

  it('reads both ends of 25,000 visits that no filter separates, and says how many may be missing', async () => {
    await using double = await startSellDouble({ visits: 25_000, isUniform: true })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    const known = await visitsHere(here)
    const missing = double.ids().filter((id) => !known.has(id))
    expect(known.size).toBeGreaterThanOrEqual(20_000)
    expect(missing.length).toBeGreaterThan(0)
    expect(is_complete).toBe(false)
    expect(gaps).toHaveLength(1)
    const [{ filter, reason, missing_max: missingMax }] = gaps as [(typeof gaps)[number]]
    expect(new URLSearchParams(filter).get('resource_id')).toBe('50000')
    const [low, high] = [.../id (\d+) and id (\d+)/.exec(reason)!].slice(1).map(Number)
    expect(missing.every((id) => id > low! && id < high!)).toBe(true)
    expect(missingMax).toBeGreaterThanOrEqual(missing.length)
    const again = await doorstep(importArgs(double.url), here.dataDir, sellToken)
    expect(again.stdout).toContain('NOT PROVEN COMPLETE')
    expect(again.stdout).not.toContain('Complete:')
  })

  it('reads visits of a user that is rejected, and that user is a gap', async () => {
    await using double = await startSellDouble({
      visits: 25_000,
      users: 6,
      isOfOneKind: true,
      twins: [2000],
      stretches: [{ from: 11_000, until: 13_000, creator_id: 2000 }],
    })
    await using here = await newTarget()
    const { gaps } = await importSell(here, double)
    await expectEqualSets(here, double)
    expect(gaps.map(({ list }) => list)).toContain('users')
  })

  it('takes no proof from a list of leads that has been seen to lack some, however often', async () => {
    await using double = await startSellDouble({
      visits: 21_000,
      users: 2,
      leads: 60,
      isOfOneKind: true,
      unlistedLeads: [70_001, 70_004],
      stretches: [
        { from: 5, until: 6, resource_id: 70_001 },
        { from: 10_200, until: 10_700, resource_id: 70_004 },
      ],
    })
    await using here = await newTarget()
    for (let run = 1; run <= 2; run++) {
      const { is_complete, gaps } = await importSell(here, double)
      expect({ run, is_complete }).toEqual({ run, is_complete: false })
      expect(gaps.map(({ list }) => list)).toContain('visits')
    }
    const verify = ['import', 'verify', '--token-stdin', '--json', '--sample', '0']
    const env = quickSettings(double.url)
    const verified = await doorstep(verify, here.dataDir, sellToken, env)
    expect(verified.status).toBe(3)
    expect(['unproven', 'different']).toContain(JSON.parse(verified.stdout).result)
  })

  it('does not rely on the list of users when the stream names a user that is not on it', async () => {
    const kind = { users: 6, leads: 60, isOfOneKind: true }
    await using double = await startSellDouble({ visits: 21_000, ...kind })
    double.before('/v2/visits', 110, () => {
      double.create({ creator_id: 9999, resource_type: 'lead' })
    })
    await using here = await newTarget()
    const { rests_on } = await importSell(here, double)
    expect(double.ids()).toHaveLength(21_001)
    expect(rests_on).not.toContain('creator_id')
    await expectEqualSets(here, double)
  })

  it('does not rely on the list of users when visits name users that are not on it', async () => {
    const kind = { users: 6, leads: 60, isOfOneKind: true, strangers: 3 }
    await using double = await startSellDouble({ visits: 21_000, ...kind })
    await using here = await newTarget()
    const { rests_on } = await importSell(here, double)
    await expectEqualSets(here, double)
    expect(rests_on).not.toContain('creator_id')
  })

  it.each([99, 0])('reads a page again that has %i items, which is no end', async (items) => {
    await using double = await startSellDouble({ visits: 10_500, users: 3 })
    double.setFaults({ shortPage: { page: 3, items, times: 1 } })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it.each([99, 0])('takes no proof from a page that stays at %i items', async (items) => {
    await using double = await startSellDouble({ visits: 10_500, users: 3 })
    double.setFaults({ shortPage: { page: 3, items, times: 1e9 } })
    await using here = await newTarget()
    expect((await importSell(here, double)).is_complete).toBe(false)
  })
})
