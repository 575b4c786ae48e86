import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import {
  expectEqualSets,
  type Gap,
  importSell,
  importSellJson,
  initialised,
  visitsHere,
} from '../support/import-sell.ts'
import { type SellDouble, startSellDouble } from '../support/sell-double/start.ts'

/** Visits that Sell has and this folder has not. */
async function missingHere(dataDir: string, double: SellDouble): Promise<number[]> {
  const here = await visitsHere(dataDir)
  return (await double.ids()).filter((id) => !here.has(id))
}

const reasons = (gaps: readonly Gap[]): string => gaps.map(({ reason }) => reason).join('\n')

describe('a visit that Sell does not list any more', { timeout: 60_000 }, () => {
  it('stays when it changed and slipped to a page before while no stream could be read', async () => {
    await using double = await startSellDouble({ visits: 900 })
    await double.setFaults({ noStream: true })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(3)
    const ids = await double.ids()
    const before = await double.dump()
    // Each of these is the first of a page, so that whichever slips has another outcome than before.
    for (const id of ids.filter((_, n) => n > 0 && n % 100 === 0)) {
      const outcome = before.get(id)?.['outcome_id'] === 520 ? 521 : 520
      await double.update(id, { outcome_id: outcome })
    }
    await double.plan('/v2/visits', 4, 'delete', { id: ids[0] })
    expect((await importSell(dataDir, double, ['--sell-requests-in-flight', '1'])).status).toBe(3)
    expect(await double.ids()).toHaveLength(899)
    expect(await missingHere(dataDir, double)).toEqual([])
    expect((await importSell(dataDir, double)).status).toBe(3)
    expect(await missingHere(dataDir, double)).toEqual([])
  })

  it('stays with most of a small account when the token’s role has changed', async () => {
    await using double = await startSellDouble({ visits: 77, users: 2 })
    for (let n = 0; n < 3; n++) await double.create({ creator_id: 1000 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    await double.expire()
    await double.setFaults({ onlyOf: 1000 })
    expect((await importSell(dataDir, double)).status).toBe(3)
    expect(await missingHere(dataDir, double)).toEqual([])
    await double.setFaults({ onlyOf: null })
    await double.expire()
    expect((await importSell(dataDir, double)).status).toBe(0)
    await expectEqualSets(dataDir, double)
  })

  it('stays when the token is of another user, who may not ask who that is', async () => {
    await using double = await startSellDouble({ visits: 900 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const [first] = await double.ids()
    await double.remove(first!)
    await double.expire()
    const forbidden = ['/v2/users/self']
    await double.setFaults({ forbidden, otherTokens: ['c'.repeat(64)] })
    const { status } = await importSell(dataDir, double, [], 'c'.repeat(64))
    expect(status).toBe(3)
    expect((await visitsHere(dataDir)).has(first!)).toBe(true)
  })

  it('stays when the token is of nobody knows what account, which is refused', async () => {
    await using double = await startSellDouble({ visits: 900 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const [first] = await double.ids()
    await double.remove(first!)
    await double.expire()
    const forbidden = ['/v2/accounts/self', '/v2/users/self']
    await double.setFaults({ forbidden, otherTokens: ['d'.repeat(64)] })
    const { status, stderr } = await importSell(dataDir, double, [], 'd'.repeat(64))
    expect(status).toBe(1)
    expect(stderr).toContain('account')
    expect((await visitsHere(dataDir)).has(first!)).toBe(true)
  })

  it.each([404, 400])(
    'stays when Sell answers %i to whether it is still there',
    async (answered) => {
      await using double = await startSellDouble({ visits: 200 })
      const { id } = await double.create({ resource_type: 'lead', resource_id: 50_000 })
      const dataDir = await initialised()
      expect((await importSell(dataDir, double)).status).toBe(0)
      await double.remove(id)
      await double.expire()
      const refusedFilter = { name: 'resource_id', value: '50000', status: answered }
      await double.setFaults({ refusedFilter })
      expect((await importSell(dataDir, double)).status).toBe(3)
      expect((await visitsHere(dataDir)).has(id)).toBe(true)
    },
  )

  it('comes back when a later comparison finds it listed again', async () => {
    await using double = await startSellDouble({ visits: 900 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const hidden = (await double.ids()).filter((_, n) => n % 300 === 10)
    await double.expire()
    await double.setFaults({ hidden })
    expect((await importSell(dataDir, double)).status).toBe(0)
    expect(await missingHere(dataDir, double)).toEqual(hidden)
    await double.expire()
    await double.setFaults({ hidden: [] })
    expect((await importSell(dataDir, double)).status).toBe(0)
    await expectEqualSets(dataDir, double)
    expect((await doorstep(['doctor'], dataDir)).stdout).toContain('All is well.')
  })
})

describe('what Sell refuses only later', { timeout: 60_000 }, () => {
  it('is a gap when it is the stream, until it may be read again', async () => {
    await using double = await startSellDouble({ visits: 300 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    await double.setFaults({ noStream: true })
    const { id } = await double.create()
    const refused = await importSellJson(dataDir, double)
    expect(refused.status).toBe(3)
    expect(reasons(refused.summary.gaps)).toContain('stream cannot be read')
    expect((await visitsHere(dataDir)).has(id)).toBe(true)
    await double.setFaults({ noStream: false })
    await double.create()
    const allowed = await importSellJson(dataDir, double)
    expect(allowed.summary.gaps).toEqual([])
    expect(allowed.status).toBe(0)
    await expectEqualSets(dataDir, double)
  })

  it('is asked for again when the status is one of those in front of Sell, as 520', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await double.setFaults({ nextStatuses: [520, 503, 520] })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(summary).toMatchObject({ gaps: [], repeated: 3 })
    expect(status).toBe(0)
    await expectEqualSets(dataDir, double)
  })
})
