import { describe, expect, it } from 'vitest'

import { doorstep } from '../support/doorstep.ts'
import { expectEqualSets, importSell, missingHere, visitsHere } from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'
import { newTarget } from '../support/target.ts'

describe('a visit that Sell no longer lists', () => {
  it('stays when it changed and moved to an earlier page while no stream could be read', async () => {
    await using double = await startSellDouble({ visits: 900 })
    double.setFaults({ noStream: true })
    await using here = await newTarget()
    expect((await importSell(here, double)).is_complete).toBe(false)
    const ids = double.ids()
    const before = double.visits()
    // Each of these is the first of a page, so that whichever moves has another outcome than before.
    for (const id of ids.filter((_, n) => n > 0 && n % 100 === 0)) {
      double.update(id, { outcome_id: before.get(id)?.outcome_id === 520 ? 521 : 520 })
    }
    double.before('/v2/visits', 4, () => double.remove(ids[0]!))
    const settings = { SELL_REQUESTS_IN_FLIGHT: '1' }
    expect((await importSell(here, double, { settings })).is_complete).toBe(false)
    expect(double.ids()).toHaveLength(899)
    expect(await missingHere(here, double)).toEqual([])
    expect((await importSell(here, double)).is_complete).toBe(false)
    expect(await missingHere(here, double)).toEqual([])
  })

  it('stays with most of a small account when the role of the token’s user has changed', async () => {
    await using double = await startSellDouble({ visits: 77, users: 2 })
    for (let n = 0; n < 3; n++) double.create({ creator_id: 1000 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    double.expire()
    double.setFaults({ onlyOf: 1000 })
    expect((await importSell(here, double)).is_complete).toBe(false)
    expect(await missingHere(here, double)).toEqual([])
    double.setFaults({ onlyOf: null })
    double.expire()
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it.each([
    ['another user, whom it cannot name', ['/v2/users/self'], { is_complete: false }],
    ['an unknown account', ['/v2/users/self', '/v2/accounts/self'], { code: 'conflict' }],
  ])('stays when the token is of %s', async (_, forbidden, outcome) => {
    await using double = await startSellDouble({ visits: 900 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    const [first] = double.ids()
    double.remove(first!)
    double.expire()
    const token = 'c'.repeat(64)
    double.setFaults({ forbidden, otherTokens: [token] })
    const importing = importSell(here, double, { token })
    expect(await importing.catch((error: unknown) => error)).toMatchObject(outcome)
    expect((await visitsHere(here)).has(first!)).toBe(true)
  })

  it.each([404, 400])('stays when Sell answers %i to whether it still exists', async (status) => {
    await using double = await startSellDouble({ visits: 200 })
    const { id } = double.create({ resource_type: 'lead', resource_id: 50_000 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    double.remove(id)
    double.expire()
    double.setFaults({ refusedFilter: { name: 'resource_id', value: '50000', status } })
    expect((await importSell(here, double)).is_complete).toBe(false)
    expect((await visitsHere(here)).has(id)).toBe(true)
  })

  it('comes back when a later full pass finds it listed again', async () => {
    await using double = await startSellDouble({ visits: 900 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    const hidden = double.ids().filter((_, n) => n % 300 === 10)
    double.expire()
    double.setFaults({ hidden })
    expect((await importSell(here, double)).gaps).toEqual([])
    expect(await missingHere(here, double)).toEqual(hidden)
    double.expire()
    double.setFaults({ hidden: [] })
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
    expect((await doorstep(['doctor'], here.dataDir)).stdout).toContain('All is well.')
  })
})

describe('what Sell refuses only later', () => {
  it('is a gap when it is the stream, until that may be read again', async () => {
    await using double = await startSellDouble({ visits: 300 })
    await using here = await newTarget()
    expect((await importSell(here, double)).gaps).toEqual([])
    double.setFaults({ noStream: true })
    const { id } = double.create()
    const { gaps } = await importSell(here, double)
    expect(gaps.map(({ reason }) => reason).join()).toContain('stream cannot be read')
    expect((await visitsHere(here)).has(id)).toBe(true)
    double.setFaults({ noStream: false })
    double.create()
    expect((await importSell(here, double)).gaps).toEqual([])
    await expectEqualSets(here, double)
  })

  it('is retried when the status comes from a proxy in front of Sell, as 520 does', async () => {
    await using double = await startSellDouble({ visits: 300 })
    double.setFaults({ nextStatuses: [520, 503, 520] })
    await using here = await newTarget()
    expect(await importSell(here, double)).toMatchObject({ gaps: [], repeated: 3 })
    await expectEqualSets(here, double)
  })
})
