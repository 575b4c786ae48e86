import { createClient } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept, openStoreOf } from '../support/engine.ts'
import { differencesBetween } from '../support/sell-double/compare.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { send } from '../support/send.ts'
import { startApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { until } from '../support/until.ts'

describe('POST, GET and DELETE /v2/imports', () => {
  const settings = (url: string) => ({
    SELL_BASE_URL: url,
    SELL_REQUESTS_PER_SECOND: '2000',
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '50',
  })

  it('starts an import in the server, reports it, stops it, and stores no token', async () => {
    await using double = await startSellDouble({ visits: 3_000, users: 8 })
    const dataDir = temporaryFolder()
    const { child, url, token } = await serveDoorstep(dataDir, [], settings(double.url))
    const client = createClient({ url, token })
    const { data } = await client.imports.start({ source: 'sell', token: sellToken, follow: true })
    await expect(client.imports.start({ source: 'sell', token: sellToken })).rejects.toThrow(
      /already/,
    )
    const phaseOf = async () => (await client.imports.get(data.id)).data.phase
    await until(async () => (await phaseOf()) === 'following')
    const { data: found } = await client.imports.get(data.id)
    expect(found).toMatchObject({
      phase: 'following',
      is_running: true,
      is_complete: true,
      pages_left: 0,
      gaps: [],
      last_error: null,
    })
    expect(found.behind_seconds).toBeLessThan(10)
    await using store = await openStoreOf(dataDir)
    expect(await differencesBetween(store, double)).toEqual([])
    await client.imports.stop(data.id)
    expect((await client.imports.get(data.id)).data.is_running).toBe(false)
    const { items } = await client.audit.list({ subject_kind: 'import', subject_id: data.id })
    expect(items.map((each) => each.data).toReversed()).toMatchObject([
      { action: 'import_started', means: 'token', details: { source: 'sell', resumed: false } },
      { action: 'import_cancelled', means: 'token', details: { source: 'sell' } },
      { action: 'import_ended', means: 'server', details: { source: 'sell', state: 'stopped' } },
    ])
    expect(await stop(child, 'SIGTERM')).toBe(0)
    expect(await everythingKept(dataDir)).not.toContain(sellToken)
  })

  it('reports the error of an import', async () => {
    await using double = await startSellDouble({ visits: 10 })
    const dataDir = temporaryFolder()
    const { child, url, token } = await serveDoorstep(dataDir, [], settings(double.url))
    const client = createClient({ url, token })
    const { data } = await client.imports.start({ source: 'sell', token: 'a-wrong-token' })
    const errorOf = async () => (await client.imports.get(data.id)).data.last_error
    await until(async () => (await errorOf()) !== null)
    expect(await errorOf()).toContain('401')
    await stop(child, 'SIGTERM')
  })

  it('is for admins, and finds nothing of another account', async () => {
    await using app = await startApp()
    const draft = { source: 'sell', token: 'x' }
    for (const [status, who, method, path, data] of [
      [403, 'rep', 'POST', '/v2/imports', draft],
      [403, 'rep', 'GET', '/v2/imports'],
      [404, 'otherAdmin', 'GET', '/v2/imports/1'],
      [404, 'admin', 'DELETE', '/v2/imports/1'],
      [503, 'admin', 'POST', '/v2/imports', draft],
    ] as const) {
      const answer = await send(app, method, path, data, { token: app.tokens[who] })
      expect([answer.status, method, path]).toEqual([status, method, path])
    }
    const wrong = { source: 'pipedrive', token: 'a b' }
    const { status, body } = await send(app, 'POST', '/v2/imports', wrong)
    expect(status).toBe(422)
    expect(body.errors).toHaveLength(2)
  })
})
