import { once } from 'node:events'
import { get } from 'node:http'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9' }

describe('what a client does wrong is never a fault of the server', () => {
  it.each([
    [{ sites: [null] }, '/sites/0'],
    [{ sites: [{}] }, '/sites/0/latitude'],
    [{ sites: [7] }, '/sites/0'],
    [{ tags: [null] }, '/tags/0'],
  ])('in a list: %j (6.5)', async (attributes, field) => {
    const { status, problems } = await send(app, 'POST', '/v2/leads', attributes)

    expect(status).toBe(422)
    expect(problems.map(([name]) => name)).toContain(field)
  })

  it('in a path, whatever the browser accepts (1.1, 8.3)', async () => {
    expect((await send(app, 'GET', '/v2/%ff', undefined, { headers: browser })).status).toBe(400)
    expect((await send(app, 'GET', '/v2/users/%zz', undefined, { headers: browser })).status).toBe(
      400,
    )
  })

  it('in the name of a file of the documentation (8.3)', async () => {
    const { hostname, port } = new URL(app.url)
    for (const path of ['/docs/static/%2e%2e/x', '/docs/static/..%2fx', '/docs/static/%00']) {
      const sent = get({ hostname, port, path })
      const [{ statusCode }] = await once(sent, 'response')
      expect([path, Math.floor(statusCode / 100)]).toEqual([path, 4])
      sent.destroy()
    }
  })

  it('in a range behind the end of such a file (8.3)', async () => {
    const headers = { Range: 'bytes=99999999-' }
    const { status } = await app.fetch('/docs/static/swagger-ui.css', { headers })
    expect(Math.floor(status / 100)).toBe(4)
  })

  it('in text that no database keeps, deep in custom fields (6.5)', async () => {
    for (const custom_fields of [{ a: ['\0'] }, { a: { '\ud800': 1 } }, { '\0': 1 }]) {
      const lead = { last_name: 'x', custom_fields }
      expect((await send(app, 'POST', '/v2/leads', lead)).status).toBe(422)
    }
  })
})
