import { setTimeout as pause } from 'node:timers/promises'

import { createClient } from '@doorstep/client/client'
import { describe, expect, it } from 'vitest'

import { serveDoorstep, stop } from '../support/doorstep.ts'
import { everythingKept } from '../support/engine.ts'
import { expectEqualSets } from '../support/import-sell.ts'
import { sellToken, startSellDouble } from '../support/sell-double/start.ts'
import { send } from '../support/sending.ts'
import { startApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

describe('POST, GET and DELETE /v2/imports', { timeout: 60_000 }, () => {
  const settings = (url: string) => ({
    SELL_BASE_URL: url,
    SELL_REQUESTS_PER_SECOND: '2000',
    SELL_STREAM_LAG_MS: '50',
    SELL_POLL_MS: '50',
  })

  it('starts an import in the server, tells of it, stops it, and keeps no token', async () => {
    await using double = await startSellDouble({ visits: 3_000, users: 8 })
    const dataDir = temporaryFolder()
    const { child, url, token } = await serveDoorstep(dataDir, [], settings(double.url))
    const client = createClient({ url, token })
    const { data } = await client.imports.start({ source: 'sell', token: sellToken, follow: true })
    await expect(client.imports.start({ source: 'sell', token: sellToken })).rejects.toThrow(
      /already/,
    )
    const phaseOf = async () => (await client.imports.get(data.id)).data.phase
    for (let n = 0; n < 200 && (await phaseOf()) !== 'following'; n++) await pause(100)
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
    await expectEqualSets(dataDir, double)
    await client.imports.stop(data.id)
    expect((await client.imports.get(data.id)).data.is_running).toBe(false)
    expect(await stop(child, 'SIGTERM')).toBe(0)
    expect(await everythingKept(dataDir)).not.toContain(sellToken)
  })

  it('tells what went wrong', async () => {
    await using double = await startSellDouble({ visits: 10 })
    const dataDir = temporaryFolder()
    const { child, url, token } = await serveDoorstep(dataDir, [], settings(double.url))
    const client = createClient({ url, token })
    const { data } = await client.imports.start({ source: 'sell', token: 'a-wrong-token' })
    const errorOf = async () => (await client.imports.get(data.id)).data.last_error
    for (let n = 0; n < 100 && (await errorOf()) === null; n++) await pause(50)
    expect(await errorOf()).toContain('401')
    await stop(child, 'SIGTERM')
  })

  it('is for admins, and finds nothing of another account', async () => {
    await using app = await startApp()
    const draft = { source: 'sell', token: 'x' }
    expect((await send(app, 'POST', '/v2/imports', draft, { token: app.tokens.rep })).status).toBe(
      403,
    )
    expect(
      (await send(app, 'GET', '/v2/imports', undefined, { token: app.tokens.rep })).status,
    ).toBe(403)
    expect(
      (await send(app, 'GET', '/v2/imports/1', undefined, { token: app.tokens.otherAdmin })).status,
    ).toBe(404)
    expect(
      (await send(app, 'DELETE', '/v2/imports/1', undefined, { token: app.tokens.admin })).status,
    ).toBe(404)
    expect(
      (await send(app, 'POST', '/v2/imports', draft, { token: app.tokens.admin })).status,
    ).toBe(503)
    const wrong = { source: 'pipedrive', token: 'a b' }
    const { status, body } = await send(app, 'POST', '/v2/imports', wrong, {
      token: app.tokens.admin,
    })
    expect(status).toBe(422)
    expect(body.errors).toHaveLength(2)
  })
})
