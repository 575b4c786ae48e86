import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { followSell, importArgs, importSell, leadsHere } from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'
import { until } from '../support/until.ts'

describe('the lists beside the visits', () => {
  it('are read whole once the token may read them', async () => {
    await using double = await startSellDouble({ visits: 20, leads: 250 })
    double.setFaults({ forbidden: ['/v2/leads'] })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps.map(({ list }) => list)).toEqual(['leads'])
    double.setFaults({ forbidden: [] })
    expect((await importSell(here, double)).gaps).toEqual([])
    expect((await leadsHere(here)).size).toBe(250)
  })

  it('are read by the next run when Sell refused to list them again', async () => {
    await using double = await startSellDouble({ visits: 900, leads: 950 })
    double.before('/v2/visits', 2, () => {
      double.removeLead(50_003)
      double.setFaults({ forbidden: ['/v2/leads'] })
    })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps.map(({ list }) => list)).toEqual(['leads'])
    double.setFaults({ forbidden: [] })
    expect((await importSell(here, double)).gaps).toEqual([])
  })

  it('are refreshed while following, but for the one that is refused, which is named', async () => {
    await using double = await startSellDouble({ visits: 50, leads: 250 })
    await using here = await newTarget()
    await using _ = await followSell(here, double, { SELL_REFRESH_MS: '50' })
    double.setFaults({ forbidden: ['/v2/users'] })
    double.touchLead(60_001)
    double.resetCounts()
    await until(async () => (await leadsHere(here)).has(60_001))
    await until(() => (double.counts()['/v2/users'] ?? 0) >= 3)
    const { stdout } = await doorstep(['import', 'status'], here.dataDir)
    expect(stdout).toMatch(/^.*users.*403/m)
  })

  it('include a lead that is created while visits are read, also when leads are one page', async () => {
    await using double = await startSellDouble({ visits: 900, leads: 50 })
    double.before('/v2/visits', 3, () => double.touchLead(60_001))
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    expect(double.leads()).toHaveLength(51)
    expect((await leadsHere(here)).has(60_001)).toBe(true)
  })
})

describe('rejected items', () => {
  it('are reported without names and e-mails while the import runs', async () => {
    await using double = await startSellDouble({ visits: 20, twins: [2000] })
    await using here = await newTarget()
    const ran = await doorstep(importArgs(double.url), here.dataDir, sellToken)
    expect(ran.status).toBe(3)
    expect(ran.stderr).toContain('users')
    expect(ran.stderr).not.toContain('Rep 2000')
    expect(ran.stderr).not.toContain('@acme.example')
  })

  it('are all printed by import status --rejected, one JSON line each', async () => {
    await using double = await startSellDouble({ visits: 20 })
    const ids = Array.from({ length: 30 }, () => double.create({ status: 'beamed' }).id)
    await using here = await newTarget()
    expect((await importSell(here, double)).is_complete).toBe(false)
    const { status, stdout } = await doorstep(['import', 'status', '--rejected'], here.dataDir)
    expect(status).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(30)
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object')
    expect(ids.filter((id) => !lines.some((line) => line.includes(String(id))))).toEqual([])
  })
})
