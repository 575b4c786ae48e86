import { describe, expect, it } from 'vitest'

import { doorstep, stop } from '../support/doorstep.ts'
import {
  type Gap,
  importSell,
  importSellJson,
  initialised,
  leadsHere,
  spawnImport,
  until,
  untilPhase,
} from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'

const listsOf = (gaps: readonly Gap[]): string[] => gaps.map(({ list }) => list)

describe('the lists beside the visits', { timeout: 60_000 }, () => {
  it('are read whole once the token may read them', async () => {
    await using double = await startSellDouble({ visits: 20, leads: 250 })
    await double.setFaults({ forbidden: ['/v2/leads'] })
    const dataDir = await initialised()
    const refused = await importSellJson(dataDir, double)
    expect(refused.status).toBe(3)
    expect(listsOf(refused.summary.gaps)).toEqual(['leads'])
    await double.setFaults({ forbidden: [] })
    const allowed = await importSellJson(dataDir, double)
    expect(allowed.summary.gaps).toEqual([])
    expect(allowed.status).toBe(0)
    expect((await leadsHere(dataDir)).size).toBe(250)
  })

  it('are read on by the next run where they are refused when they have to be read again', async () => {
    await using double = await startSellDouble({ visits: 900, leads: 950 })
    await double.plan('/v2/visits', 2, 'delete-lead', { id: 50_003 })
    await double.plan('/v2/visits', 2, 'faults', { forbidden: ['/v2/leads'] })
    const dataDir = await initialised()
    const refused = await importSellJson(dataDir, double)
    expect(refused.status).toBe(3)
    expect(listsOf(refused.summary.gaps)).toEqual(['leads'])
    await double.setFaults({ forbidden: [] })
    const allowed = await importSellJson(dataDir, double)
    expect(allowed.summary.gaps).toEqual([])
    expect(allowed.status).toBe(0)
  })

  it('are refreshed while following, but for the one that is refused, which is named', async () => {
    await using double = await startSellDouble({ visits: 50, leads: 250 })
    const dataDir = await initialised()
    const child = spawnImport(dataDir, double.url, ['--follow', '--sell-refresh-ms', '300'])
    await untilPhase(dataDir, 'following')
    await double.setFaults({ forbidden: ['/v2/users'] })
    await double.touchLead(60_001)
    await double.resetCounts()
    await until(async () => (await leadsHere(dataDir)).has(60_001))
    await until(async () => ((await double.counts())['/v2/users'] ?? 0) >= 3)
    const { stdout } = await doorstep(['import', 'status'], dataDir)
    await stop(child, 'SIGTERM')
    expect(stdout).toMatch(/^.*users.*403/m)
  })

  it('tell of a lead that is made while visits are read, also where they are one page', async () => {
    await using double = await startSellDouble({ visits: 900, leads: 50 })
    await double.plan('/v2/visits', 3, 'touch-lead', { id: 60_001 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    expect(await double.leads()).toHaveLength(51)
    expect((await leadsHere(dataDir)).has(60_001)).toBe(true)
  })
})

describe('items that cannot be kept', { timeout: 60_000 }, () => {
  it('are told without names and e-mails while the import runs', async () => {
    await using double = await startSellDouble({ visits: 20, twins: [2000] })
    const dataDir = await initialised()
    const { status, stderr } = await importSell(dataDir, double)
    expect(status).toBe(3)
    expect(stderr).toContain('users')
    expect(stderr).not.toContain('Rep 2000')
    expect(stderr).not.toContain('@acme.example')
  })

  it('are all printed by import status --rejected, one JSON line each', async () => {
    await using double = await startSellDouble({ visits: 20 })
    const ids: number[] = []
    for (let n = 0; n < 30; n++) ids.push((await double.create({ status: 'beamed' })).id)
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(3)
    const { status, stdout } = await doorstep(['import', 'status', '--rejected'], dataDir)
    expect(status).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(30)
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object')
    expect(ids.filter((id) => !lines.some((line) => line.includes(String(id))))).toEqual([])
  })
})
