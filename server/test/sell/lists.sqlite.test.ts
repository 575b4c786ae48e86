import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import {
  expectEqualSets,
  type Gap,
  importSell,
  importSellJson,
  initialised,
  quickly,
} from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'

// NOTE: on one engine only. These are about what is asked of Sell, which no engine has a part in, and
// take long because Sell's cap of 10,000 cannot be made smaller.
describe('visits whose parts only other lists name', { timeout: 60_000 }, () => {
  it('are read of a user who cannot be kept, and that user is a gap', async () => {
    await using double = await startSellDouble({
      visits: 25_000,
      users: 6,
      isOfOneKind: true,
      twins: [2000],
      stretches: [{ from: 11_000, until: 13_000, creator_id: 2000 }],
    })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    await expectEqualSets(dataDir, double)
    expect(summary.gaps.map(({ list }: Gap) => list)).toContain('users')
    expect(status).toBe(3)
  })

  it('are not proven by a list of leads that has been seen to lack some, however often', async () => {
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
    const dataDir = await initialised()
    for (let run = 1; run <= 2; run++) {
      const { status, summary } = await importSellJson(dataDir, double)
      expect({ run, status, is_complete: summary.is_complete }).toEqual({
        run,
        status: 3,
        is_complete: false,
      })
      expect(summary.gaps.map(({ list }: Gap) => list)).toContain('visits')
    }
    const verify = ['import', 'verify', '--token-stdin', '--json', '--sample', '0']
    const verified = await doorstep([...verify, ...quickly(double.url)], dataDir, sellToken)
    expect(verified.status).toBe(3)
    expect(['unproven', 'different']).toContain(JSON.parse(verified.stdout).result)
  })

  it('rest on no list of users once the stream names somebody who is not on it', async () => {
    await using double = await startSellDouble({
      visits: 21_000,
      users: 6,
      leads: 60,
      isOfOneKind: true,
    })
    await double.plan('/v2/visits', 110, 'create', { creator_id: 9999, resource_type: 'lead' })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(await double.ids()).toHaveLength(21_001)
    expect(summary.rests_on).not.toContain('creator_id')
    expect(status).toBe(summary.gaps.length > 0 ? 3 : 0)
    await expectEqualSets(dataDir, double)
  })
})

describe('a short page before others that held visits', { timeout: 60_000 }, () => {
  it.each([99, 0])('of %i visits is no end, and proves nothing when it stays', async (items) => {
    await using double = await startSellDouble({ visits: 10_500, users: 3 })
    await double.setFaults({ shortPage: { page: 3, items, times: 1e9 } })
    const dataDir = await initialised()
    const { stdout, status } = await importSell(dataDir, double)
    expect(status).toBe(3)
    expect(stdout).toContain('NOT PROVEN COMPLETE')
    expect(stdout).not.toContain('Complete:')
  })

  it.each([99, 0])('of %i visits that was answered once is read again', async (items) => {
    await using double = await startSellDouble({ visits: 10_500, users: 3 })
    await double.setFaults({ shortPage: { page: 3, items, times: 1 } })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(summary.gaps).toEqual([])
    expect(status).toBe(0)
    await expectEqualSets(dataDir, double)
  })
})
