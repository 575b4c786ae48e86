import { describe, expect, it } from 'vitest'

import { expectEqualSets, importSell, leadsHere, visitsHere } from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'

const otherToken = 'b'.repeat(64)

// NOTE: on one engine only. These are about requests to Sell and its answers.
describe('an import from Sell', () => {
  it('misses no lead that moves to an earlier page while others are deleted', async () => {
    await using double = await startSellDouble({ visits: 50, leads: 950 })
    double.setChurn(2, 10, ['delete-lead'])
    await using here = await newTarget()
    const settings = { SELL_REQUESTS_IN_FLIGHT: '1' }
    expect((await importSell(here, double, { settings })).gaps).toEqual([])
    const leads = await leadsHere(here)
    expect(double.leads()).toHaveLength(950 - 10)
    expect(double.leads().filter((id) => !leads.has(id))).toEqual([])
  })

  it('continues without lists that the token may not read, and names them', async () => {
    await using double = await startSellDouble({ visits: 300, leads: 250 })
    double.setFaults({ forbidden: ['/v2/leads', '/v2/visit_outcomes'] })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps.map(({ list }) => list).toSorted()).toEqual(['leads', 'visit_outcomes'])
    await expectEqualSets(here, double)
  })

  it('starts one more full pass when Sell rejects its own position, and not a third', async () => {
    await using double = await startSellDouble({ visits: 300 })
    double.setFaults({ noPositions: true })
    await using here = await newTarget()
    const { is_complete, comparison, gaps } = await importSell(here, double)
    expect({ is_complete, comparison }).toEqual({ is_complete: false, comparison: 2 })
    expect(gaps.map(({ reason }) => reason).join()).toContain(
      'it does not recognise its own positions',
    )
    double.setFaults({ noPositions: false })
    double.create()
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it('refuses the token of another account of Sell', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    double.setFaults({ accountId: 701, otherTokens: [otherToken] })
    // The account of the first token is stored; only another token's is looked up.
    expect((await importSell(here, double)).gaps).toEqual([])
    await expect(importSell(here, double, { token: otherToken })).rejects.toThrow('account 701')
  })

  it('deletes nothing that the token no longer shows, and reports it', async () => {
    await using double = await startSellDouble({ visits: 900 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    const before = (await visitsHere(here)).size
    double.expire()
    double.setFaults({ onlyOf: 1001 })
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps[0]?.reason).toContain('no longer listed by Sell')
    expect((await visitsHere(here)).size).toBe(before)
    double.setFaults({ onlyOf: null })
    double.expire()
    expect((await importSell(here, double)).gaps).toEqual([])
  })

  it('deletes nothing that only one of two users sees', async () => {
    await using double = await startSellDouble({ visits: 900 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    const [first] = double.ids()
    double.expire()
    double.remove(first!)
    double.expire()
    double.setFaults({ userId: 1005, otherTokens: [otherToken] })
    expect((await importSell(here, double, { token: otherToken })).is_complete).toBe(false)
    expect((await visitsHere(here)).has(first!)).toBe(true)
  })

  it.each([
    ['scrambled pages', { pages: 'scrambled' }, 'contradict each other'],
    ['empty pages', { pages: 'empty' }, 'contradict each other'],
    ['a stream that never ends', { lazyStream: 1000 }, 'did not reach its end'],
  ] as const)('takes no proof from %s', async (_, faults, reason) => {
    await using double = await startSellDouble({ visits: 700 })
    double.setFaults(faults)
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps.map((gap) => gap.reason).join()).toContain(reason)
  })

  it('rejects visits with ids from the range of local ids', async () => {
    await using double = await startSellDouble({ visits: 100 })
    double.create({ id: 2_000_000_005 })
    await using here = await newTarget()
    const { is_complete, gaps } = await importSell(here, double)
    expect(is_complete).toBe(false)
    expect(gaps[0]?.reason).toContain('1 visit could not be saved')
  })
})
