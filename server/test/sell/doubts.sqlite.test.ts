import { describe, expect, it } from 'vitest'

import {
  expectEqualSets,
  type Gap,
  importSell,
  importSellJson,
  initialised,
  leadsHere,
  visitsHere,
} from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'

// NOTE: on one engine only. These are about what is asked of Sell and what it answers.
describe('an import from Sell that there is reason to doubt', { timeout: 60_000 }, () => {
  it('misses no lead that slips to a page before while others are deleted', async () => {
    await using double = await startSellDouble({ visits: 50, leads: 950 })
    await double.setChurn(2, 10, ['delete-lead'])
    const dataDir = await initialised()
    expect((await importSell(dataDir, double, ['--sell-requests-in-flight', '1'])).status).toBe(0)
    const here = await leadsHere(dataDir)
    const left = await double.leads()
    expect(left).toHaveLength(950 - 10)
    expect(left.filter((id) => !here.has(id))).toEqual([])
  })

  it('goes on without a list that the token may not read, and names it', async () => {
    await using double = await startSellDouble({ visits: 300, leads: 250 })
    await double.setFaults({ forbidden: ['/v2/leads', '/v2/visit_outcomes'] })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    const lists = summary.gaps.map(({ list }: Gap) => list)
    expect(lists.toSorted()).toEqual(['leads', 'visit_outcomes'])
    await expectEqualSets(dataDir, double)
  })

  it('compares anew where Sell does not know its own position any more, and not for ever', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await double.setFaults({ noPositions: true })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.comparison).toBe(2)
    expect(summary.gaps.map(({ reason }: Gap) => reason).join()).toContain(
      'it does not recognise its own positions',
    )
    await double.setFaults({ noPositions: false })
    await double.create()
    expect((await importSellJson(dataDir, double)).status).toBe(0)
    await expectEqualSets(dataDir, double)
  })

  it('refuses the token of another account of Sell', async () => {
    await using double = await startSellDouble({ visits: 300 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    await double.setFaults({ accountId: 701, otherTokens: ['b'.repeat(64)] })
    // The same token is known; another one is asked whose it is.
    expect((await importSell(dataDir, double)).status).toBe(0)
    const other = await importSell(dataDir, double, [], 'b'.repeat(64))
    expect(other.status).toBe(1)
    expect(other.stderr).toContain('account 701')
  })

  it('keeps what a token does not see any more, and says so', async () => {
    await using double = await startSellDouble({ visits: 900 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const before = (await visitsHere(dataDir)).size
    await double.expire()
    await double.setFaults({ onlyOf: 1001 })
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.gaps[0].reason).toContain('no longer listed by Sell')
    expect((await visitsHere(dataDir)).size).toBe(before)
    await double.setFaults({ onlyOf: null })
    await double.expire()
    expect((await importSellJson(dataDir, double)).status).toBe(0)
  })

  it('keeps what only one of two users sees', async () => {
    await using double = await startSellDouble({ visits: 900 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const [first] = await double.ids()
    await double.expire()
    await double.remove(first!)
    await double.expire()
    await double.setFaults({ userId: 1005, otherTokens: ['c'.repeat(64)] })
    const { status } = await importSell(dataDir, double, [], 'c'.repeat(64))
    expect(status).toBe(3)
    expect((await visitsHere(dataDir)).has(first!)).toBe(true)
  })

  it.each(['scrambled', 'empty'] as const)('takes no %s pages for proof', async (pages) => {
    await using double = await startSellDouble({ visits: 700 })
    await double.setFaults({ pages })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.gaps[0].reason).toContain('contradict each other')
  })

  it('is not complete while the stream does not come to its end', async () => {
    await using double = await startSellDouble({ visits: 100 })
    await double.setFaults({ lazyStream: 1000 })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.gaps.map(({ reason }: Gap) => reason).join()).toContain('did not reach its end')
  })

  it('keeps nothing under ids that are given here', async () => {
    await using double = await startSellDouble({ visits: 100 })
    await double.create({ id: 2_000_000_005 })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.gaps[0].reason).toContain('1 visit could not be saved')
  })
})
