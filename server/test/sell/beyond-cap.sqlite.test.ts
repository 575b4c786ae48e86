import { describe, expect, it } from 'vitest'

import {
  expectEqualSets,
  importSell,
  importSellJson,
  initialised,
  visitsHere,
} from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'

// NOTE: on one engine only. These are about what is asked of Sell, which no engine has a part in, and
// take long because Sell's cap of 10,000 cannot be made smaller.
describe('doorstep import sell, at and beyond what Sell shows', { timeout: 60_000 }, () => {
  it.each([9_999, 10_000])('takes all of %i visits out, and proves it', async (visits) => {
    await using double = await startSellDouble({ visits })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(summary).toMatchObject({ phase: 'done', is_complete: true, rests_on: [], gaps: [] })
    expect(status).toBe(0)
    await expectEqualSets(dataDir, double)
    const counts = await double.counts()
    expect(counts['/v2/visits']).toBeLessThan(115)
    expect(counts['429'] ?? 0).toBe(0)
  })

  it('reads both ends of 25,000 visits that no filter tells apart, and says how much may be missing', async () => {
    await using double = await startSellDouble({ visits: 25_000, isUniform: true })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    const here = await visitsHere(dataDir)
    const ids = await double.ids()
    const missing = ids.filter((id) => !here.has(id))
    expect(here.size).toBeGreaterThanOrEqual(20_000)
    expect(missing.length).toBeGreaterThan(0)
    expect(status).toBe(3)
    expect(summary.is_complete).toBe(false)
    const [gap] = summary.gaps
    expect(summary.gaps).toHaveLength(1)
    expect(new URLSearchParams(gap.filter).get('resource_id')).toBe('50000')
    const [low, high] = [.../id (\d+) and id (\d+)/.exec(gap.reason)!].slice(1).map(Number)
    expect(missing.every((id) => id > low! && id < high!)).toBe(true)
    expect(gap.missing_max).toBeGreaterThanOrEqual(missing.length)
    const told = await importSell(dataDir, double)
    expect(told.stdout).toContain('NOT PROVEN COMPLETE')
    expect(told.stdout).not.toContain('Complete:')
  })

  it('does not rest on the list of users once visits name people who are not on it', async () => {
    await using double = await startSellDouble({ visits: 45_000, strangers: 3, users: 60 })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    await expectEqualSets(dataDir, double)
    expect(summary.rests_on).not.toContain('creator_id')
    expect(status).toBe(summary.gaps.length > 0 ? 3 : 0)
  })
})
