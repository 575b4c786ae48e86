import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import { doorstep, serveDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept, openStoreOf } from '../support/engine.ts'
import { differencesBetween } from '../support/sell-double/compare.ts'
import { type SellDouble, sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { send } from '../support/send.ts'
import { startApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

/** A server that imports from the double, and the SDK as its admin. */
async function serving(double: SellDouble, dataDir: string, perSecond = 2_000) {
  const settings = {
    SELL_BASE_URL: double.url,
    SELL_REQUESTS_PER_SECOND: String(perSecond),
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '50',
  }
  const { child, url, token } = await serveDoorstep(dataDir, [], settings)
  const client = createClient({ url, token })
  const stateOf = async (id: number) => (await client.imports.get(id)).data
  return { client, stateOf, end: () => stop(child, 'SIGTERM') }
}

describe('an import in the server', () => {
  it('reports its pace, lists and waits, pauses, and resumes without the token (10.17)', async () => {
    await using double = await startSellDouble({ visits: 6_000, users: 8, perSecond: 10 })
    double.setFaults({ retryAfter: '1' })
    const dataDir = temporaryFolder()
    const { client, stateOf, end } = await serving(double, dataDir, 14)
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken })).data
    await until(async () => (await stateOf(id)).visits_per_second > 0)
    const running = await stateOf(id)
    expect(running).toMatchObject({ state: 'running', needs_token: false, open_conflicts: 0 })
    expect(running.requests_per_second).toBeGreaterThan(0)
    expect(running.lists.find(({ list }) => list === 'users')).toMatchObject({ read: 8 })
    await until(async () => (await stateOf(id)).waits.count > 0)
    await until(async () => (await stateOf(id)).estimated_seconds_left !== null)

    const { data: paused } = await client.imports.update(id, { state: 'paused' })
    const shown = { state: 'paused', is_running: false, needs_token: false, visits_per_second: 0 }
    expect(paused).toMatchObject({ ...shown, estimated_seconds_left: null })
    expect((await client.imports.update(id, { state: 'paused' })).data.state).toBe('paused')
    double.resetCounts()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(double.counts()['all'] ?? 0).toBe(0)

    await client.imports.update(id, { state: 'running' })
    await until(async () => (await stateOf(id)).state === 'done')
    const done = await stateOf(id)
    expect(done).toMatchObject({ is_complete: true, gaps: [], rejected_count: 0 })
    expect(done.waits.seconds).toBeGreaterThan(0)
    expect(done.needs_token).toBe(true)
    expect(done.lists.find(({ list }) => list === 'users')).toMatchObject({ read: 8 })
    await using store = await openStoreOf(dataDir)
    expect(await differencesBetween(store, double)).toEqual([])
    expect(await end()).toBe(0)
    expect(await everythingKept(dataDir)).not.toContain(sellToken)
  })

  it('needs the token after it was stopped, and says so; the audit says it once (10.17, 10.20)', async () => {
    await using double = await startSellDouble({ visits: 500 })
    const { client, stateOf, end } = await serving(double, temporaryFolder())
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken, follow: true }))
      .data
    await until(async () => (await stateOf(id)).phase === 'following')
    await client.imports.update(id, { state: 'paused' })
    await client.imports.stop(id)
    await client.imports.stop(id)
    expect(await stateOf(id)).toMatchObject({ state: 'paused', needs_token: true })
    const { items } = await client.audit.list({ subject_kind: 'import', subject_id: id })
    expect(items.map(({ data }) => data.action).toReversed()).toEqual([
      'import_started',
      'import_paused',
      'import_ended',
      'import_cancelled',
    ])
    await expect(client.imports.update(id, { state: 'running' })).rejects.toThrow(/token/)
    const resumed = await client.imports.update(id, { state: 'running', token: sellToken })
    expect(resumed.data.state).toBe('running')
    await until(async () => (await stateOf(id)).state === 'done')
    await end()
  })

  it('says how many ranges it looks at again, and that it did (10.17)', async () => {
    await using double = await startSellDouble({ visits: 1_500 })
    double.setChurn(3, 5, ['delete'])
    const { client, stateOf, end } = await serving(double, temporaryFolder())
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken })).data
    expect(await stateOf(id)).toMatchObject({ second_look: { ranges: 0, checked: 0 } })
    await until(async () => (await stateOf(id)).state === 'done')
    const { second_look: look } = await stateOf(id)
    expect(look.ranges).toBeGreaterThan(0)
    expect(look.checked).toBe(look.ranges)
    await end()
  })

  it('lists its rejected items by page (10.17)', async () => {
    await using double = await startSellDouble({ visits: 20 })
    for (let n = 0; n < 30; n++) double.create({ status: 'beamed' })
    const { client, stateOf, end } = await serving(double, temporaryFolder())
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken })).data
    await until(async () => (await stateOf(id)).state === 'done')
    expect(await stateOf(id)).toMatchObject({
      rejected_count: 30,
      is_complete: false,
      gaps: [{ list: 'visits', cause: 'rejected', missing_max: 30 }],
    })
    const page = await client.imports.rejected(id, { page: 2, per_page: 20 })
    expect(page.items).toHaveLength(10)
    expect(page.items[0]?.data).toMatchObject({ list: 'visits' })
    expect(page.items[0]?.data.field).toContain('rep_location_verification_status')
    expect(page.meta.links.next_page).toBeUndefined()
    await end()
  })
})

describe('/v2/imports/:id/verification', () => {
  it('compares both sides, and keeps a summary that the command accepts (10.17)', async () => {
    await using double = await startSellDouble({ visits: 1_500, users: 5 })
    const dataDir = temporaryFolder()
    const { client, stateOf, end } = await serving(double, dataDir)
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken, follow: true }))
      .data
    await until(async () => (await stateOf(id)).phase === 'following')
    expect((await client.imports.verification(id)).data).toMatchObject({
      state: 'none',
      summary: null,
    })
    // Without a token: that of the import that is following.
    expect((await client.imports.verify(id, { sample: 5 })).data.state).toBe('running')
    await expect(client.imports.verify(id)).rejects.toThrow(/already/)
    const stateNow = async () => (await client.imports.verification(id)).data
    await until(async () => (await stateNow()).state !== 'running')
    const { state, error, compared, summary } = await stateNow()
    expect({ state, error, compared }).toEqual({ state: 'done', error: null, compared: 1_500 })
    expect(summary).toMatchObject({ result: 'equal', visits: { sell: 1500, here: 1500 } })
    const file = join(dataDir, 'summary.json')
    writeFileSync(file, JSON.stringify(summary))

    await client.imports.verify(id, { token: 'a-wrong-token' })
    await until(async () => (await stateNow()).state === 'failed')
    const failed = await stateNow()
    expect(failed.error).toContain('401')
    expect(failed.summary).toEqual(summary)
    expect(await end()).toBe(0)
    const checked = await doorstep(['import', 'verify', '--check', file], dataDir)
    expect(checked.stdout).toContain('That is the key of this store.')
    expect(await everythingKept(dataDir)).not.toContain(sellToken)
  })

  it('is refused while the import reads (10.17)', async () => {
    await using double = await startSellDouble({ visits: 6_000 })
    const { client, stateOf, end } = await serving(double, temporaryFolder(), 10)
    const { id } = (await client.imports.start({ source: 'sell', token: sellToken })).data
    await until(async () => (await stateOf(id)).phase === 'visits')
    await expect(client.imports.verify(id)).rejects.toThrow(/is reading/)
    await end()
  })
})

it('only an admin of the account reaches an import, where the server runs them (10.17)', async () => {
  await using app = await startApp()
  const paths = [
    ['PUT', '/v2/imports/1', { state: 'paused' }],
    ['GET', '/v2/imports/1/rejected'],
    ['GET', '/v2/imports/1/verification'],
    ['POST', '/v2/imports/1/verification', {}],
  ] as const
  for (const [method, path, data] of paths) {
    const { status } = await send(app, method, path, data, { token: app.tokens.rep })
    expect([path, status]).toEqual([path, 403])
    expect((await send(app, method, path, data)).status).toBe(404)
  }
  const wrong = await send(app, 'PUT', '/v2/imports/1', { state: 'done', token: 'a b' })
  expect(wrong.problems).toEqual([
    ['/state', 'incorrect_value'],
    ['/token', 'incorrect_value'],
  ])
})
