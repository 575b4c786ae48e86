import { setTimeout as pause } from 'node:timers/promises'

import { describe, expect, it, vi } from 'vitest'

import { doorstep, stop } from '../support/doorstep.ts'
import { openStoreOf } from '../support/engine.ts'
import {
  expectEqualSets,
  importSell,
  importSellJson,
  initialised,
  spawnImport,
  until,
  untilPhase,
  visitsHere,
} from '../support/import-sell.ts'
import { startSellDouble } from '../support/sell-double/start.ts'

const minuteMs = 60_000

describe('doorstep import sell', { timeout: minuteMs }, () => {
  it('takes all of 10,001 visits out, and proves it', async () => {
    await using double = await startSellDouble({ visits: 10_001 })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(summary).toMatchObject({ phase: 'done', is_complete: true, rests_on: [], gaps: [] })
    expect(status).toBe(0)
    await expectEqualSets(dataDir, double)
    const counts = await double.counts()
    expect(counts['/v2/visits']).toBeLessThan(115)
    expect(counts['429'] ?? 0).toBe(0)
    expect((await doorstep(['doctor'], dataDir)).stdout).toContain('All is well.')
  })

  it('takes in what is logged, changed and deleted while it runs', async () => {
    await using double = await startSellDouble({ visits: 11_000 })
    await double.setChurn(3, 30)
    const dataDir = await initialised()
    const { summary } = await importSellJson(dataDir, double)
    expect(summary.is_complete).toBe(true)
    await expectEqualSets(dataDir, double)
    expect(await double.counts()).toMatchObject({ create: 10, update: 10, delete: 10 })
    expect(summary.counts.events).toBeGreaterThan(20)
  })

  it('loses none to pages that shift, however much is deleted while it runs', async () => {
    await using double = await startSellDouble({ visits: 10_500 })
    await double.setChurn(2, 40, ['delete'])
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(0)
    await expectEqualSets(dataDir, double)
    expect((await double.ids()).length).toBe(10_500 - 40)
    expect(summary.counts.events).toBeGreaterThan(30)
  })

  it('gets through resets, slow answers, 409, 429 without a body and 503', async () => {
    await using double = await startSellDouble({ visits: 2_000, perSecond: 60 })
    await double.setFaults({ resets: 60, unavailable: 60, conflicts: 60, slow: 30, slowMs: 500 })
    await double.setFaults({ retryAfter: '1', lazyStream: 300 })
    const dataDir = await initialised()
    const { summary } = await importSellJson(dataDir, double)
    expect(summary.is_complete).toBe(true)
    expect(summary.repeated).toBeGreaterThan(0)
    await expectEqualSets(dataDir, double)
  })

  it('stays below the rate that Sell allows', async () => {
    await using double = await startSellDouble({ visits: 2_000, perSecond: 20 })
    const dataDir = await initialised()
    const args = ['--sell-requests-per-second', '20', '--sell-requests-in-flight', '30']
    expect((await importSell(dataDir, double, args)).status).toBe(0)
    // A request that is held up on a busy machine is sent later than it was counted.
    expect((await double.counts())['429'] ?? 0).toBeLessThanOrEqual(3)
  })

  it('goes on where it was killed, and reads again what was on its way at the most', async () => {
    await using double = await startSellDouble({ visits: 11_000, latencyMs: 40 })
    const dataDir = await initialised()
    const kills = 5
    for (let n = 0; n < kills; n++) {
      const child = spawnImport(dataDir, double.url)
      await pause(500 + 100 * n)
      await stop(child, 'SIGKILL')
    }
    expect((await importSellJson(dataDir, double)).summary.is_complete).toBe(true)
    await expectEqualSets(dataDir, double)
    const counts = await double.counts()
    expect(counts['/v2/visits']).toBeLessThan(115 + kills * 10)
  })

  it('refuses a second process for the same source, and frees it when the first is gone', async () => {
    await using double = await startSellDouble({ visits: 500 })
    const dataDir = await initialised()
    const first = spawnImport(dataDir, double.url, ['--follow'])
    await untilPhase(dataDir, 'following')
    const second = await importSell(dataDir, double)
    expect(second.status).toBe(1)
    expect(second.stderr).toContain('is already importing from')
    await stop(first, 'SIGKILL')
    expect((await importSell(dataDir, double)).status).toBe(0)
  })

  it('is not complete while a visit could not be kept, until it is told properly', async () => {
    await using double = await startSellDouble({ visits: 50 })
    const { id } = await double.create({ status: 'beamed' })
    const dataDir = await initialised()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    expect(summary.is_complete).toBe(false)
    expect(summary.gaps[0].reason).toContain('1 visit could not be saved')
    await double.update(id, { status: 'verified' })
    expect((await importSellJson(dataDir, double)).status).toBe(0)
    await expectEqualSets(dataDir, double)
  })

  it('says what the token may not read, and that changes cannot be followed', async () => {
    await using double = await startSellDouble({ visits: 300 })
    const dataDir = await initialised()
    await double.setFaults({ noStream: true })
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(3)
    const reasons = summary.gaps.map(({ reason }: { reason: string }) => reason)
    expect(reasons).toContainEqual(expect.stringContaining('stream cannot be read'))
    await expectEqualSets(dataDir, double)

    const before = await double.create()
    expect((await importSellJson(dataDir, double)).status).toBe(3)
    expect((await visitsHere(dataDir)).has(before.id)).toBe(true)
    await double.create()
    await double.setFaults({ noStream: false })
    expect((await importSellJson(dataDir, double)).status).toBe(0)
    await expectEqualSets(dataDir, double)

    const wrong = await doorstep(
      ['import', 'sell', '--token-stdin', '--base-url', double.url],
      await initialised(),
      'wrong',
    )
    expect(wrong.status).toBe(1)
    expect(wrong.stderr).toContain('401')
  })
})

/** An import that follows saves a visit as the stream sends it first, and the rest from the list. */
const equalWithin = { timeout: 40_000, interval: 150 }

describe('doorstep import sell --follow', { timeout: minuteMs }, () => {
  it('takes changes in until it is stopped, and survives restarts', async () => {
    await using double = await startSellDouble({ visits: 1_000 })
    const dataDir = await initialised()
    const first = spawnImport(dataDir, double.url, ['--follow'])
    await untilPhase(dataDir, 'following')
    const ids = await double.ids()
    await double.update(ids[5]!, { summary: 'seen while following' })
    await double.remove(ids[6]!)
    await double.create()
    await vi.waitFor(() => expectEqualSets(dataDir, double), equalWithin)
    expect(await stop(first, 'SIGTERM')).toBe(1)

    await double.update(ids[7]!, { summary: 'changed while nobody followed' })
    const again = spawnImport(dataDir, double.url, ['--follow'])
    await vi.waitFor(() => expectEqualSets(dataDir, double), equalWithin)
    const status = await doorstep(['import', 'status'], dataDir)
    expect(status.stdout).toMatch(/\d+ s behind Sell/)
    await stop(again, 'SIGTERM')
  })

  it('reads leads, contacts, users and outcomes for changes from time to time', async () => {
    await using double = await startSellDouble({ visits: 200, leads: 250 })
    const dataDir = await initialised()
    const child = spawnImport(dataDir, double.url, ['--follow', '--sell-refresh-ms', '300'])
    await untilPhase(dataDir, 'following')
    await double.touchLead(50_003)
    await double.touchLead(60_001)
    const namesOf = async () => {
      await using store = await openStoreOf(dataDir)
      const [account] = await store.accounts.list()
      const page = { offset: 0, limit: 2, sort: { field: 'id', descending: false } } as const
      const { rows } = await store.leads.list(account!.key, { ids: [50_003, 60_001] }, page)
      return rows.map(({ attributes }) => JSON.parse(attributes).last_name)
    }
    await until(async () => (await namesOf()).join() === 'Changed 50003,Changed 60001')
    await double.resetCounts()
    await until(async () => ((await double.counts())['/v2/users'] ?? 0) >= 3)
    await stop(child, 'SIGTERM')
    // One page of leads each time; the counts may have begun in the middle of one.
    const counts = await double.counts()
    expect(counts['/v2/leads']).toBeLessThanOrEqual(counts['/v2/users']! + 1)
  })

  it('goes on by a new comparison when a stream that was refused may be read again', async () => {
    await using double = await startSellDouble({ visits: 200 })
    await double.setFaults({ noStream: true })
    const dataDir = await initialised()
    const child = spawnImport(dataDir, double.url, ['--follow', '--sell-refresh-ms', '300'])
    await untilPhase(dataDir, 'following')
    const { id } = await double.create()
    await double.setFaults({ noStream: false })
    await until(async () => (await visitsHere(dataDir)).has(id))
    await double.create()
    await vi.waitFor(() => expectEqualSets(dataDir, double), equalWithin)
    expect(await stop(child, 'SIGTERM')).toBe(1)
  })

  it('repairs by a new comparison what the stream has forgotten, deletions too', async () => {
    await using double = await startSellDouble({ visits: 1_500 })
    const dataDir = await initialised()
    expect((await importSell(dataDir, double)).status).toBe(0)
    const ids = await double.ids()
    await double.remove(ids[10]!)
    await double.remove(ids.at(-1)!)
    await double.update(ids[20]!, { summary: 'changed long ago' })
    await double.create()
    await double.expire()
    const { status, summary } = await importSellJson(dataDir, double)
    expect(status).toBe(0)
    expect(summary.comparison).toBe(2)
    await expectEqualSets(dataDir, double)
  })
})
