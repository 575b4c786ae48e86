import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { visitItems } from '../support/sell-items.ts'
import { send } from '../support/send.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import(visitItems(12))
})

afterAll(() => app.close())

/** Sends exactly these lines, with an empty one behind them, and resolves with the whole answer. */
async function sendLines(...lines: string[]): Promise<string> {
  const { hostname, port } = new URL(app.url)
  return text(connect(Number(port), hostname).end([...lines, '', ''].join('\r\n')))
}

const token = () => `Authorization: Bearer ${app.tokens.admin}`

describe('a host', () => {
  it.each([
    [['Host: one.example', 'Host: two.example']],
    [['Host: one.example', 'host: one.example']],
    [['Host: ']],
    [['Host: a b']],
    [['Host: "><script>']],
    [['Host: a.example/evil']],
    [['Host: user@a.example']],
    [['Host: a.example:99999999']],
  ])('that is none, or is not one, is a 400: %j (1.1)', async (hosts) => {
    for (const path of ['/v2/visits', '/', '/oauth2/token/info']) {
      const answer = await sendLines(`GET ${path} HTTP/1.1`, ...hosts, token(), 'Connection: close')

      expect(answer).toMatch(/^HTTP\/1.1 400 /)
      expect(answer).not.toContain('evil')
      expect(answer).not.toContain('<script>')
    }
  })

  it.each(['a.example', 'A-1.example:8080', 'under_score', '127.0.0.1:1', '[::1]:8080', '[::1]'])(
    '%s is one (1.1)',
    async (host) => {
      const answer = await sendLines(
        'GET /v2/visits HTTP/1.1',
        `Host: ${host}`,
        token(),
        'Connection: close',
      )

      expect(answer).toMatch(/^HTTP\/1.1 200 /)
      expect(answer).toContain(`"self":"http://${host}/v2/visits?`)
    },
  )

  it('and a scheme that a trusted proxy forwards are checked alike (1.1, 3.3)', async () => {
    await using behind = await startApp({ trustedProxies: ['127.0.0.1'] })
    for (const headers of [
      { 'X-Forwarded-Host': 'a.example/evil' },
      { 'X-Forwarded-Proto': 'javascript' },
    ]) {
      const { status, text: answer } = await send(behind, 'GET', '/v2/visits', undefined, {
        headers,
      })
      expect(status).toBe(400)
      expect(answer).not.toMatch(/evil|javascript/)
    }
  })
})

describe('headers over 16 KiB', () => {
  it('are a 431 (1.1, 8.2)', async () => {
    const answer = await sendLines('GET / HTTP/1.1', 'Host: a', `X-Long: ${'x'.repeat(17_000)}`)

    expect(answer).toMatch(/^HTTP\/1.1 431 Request Header Fields Too Large\r\n/)
    expect(answer).toContain('"code":"headers_too_large"')
  })
})

describe('garbage behind a request', () => {
  it('is answered after it, and does not replace its answer (1.1)', async () => {
    const held = Promise.withResolvers<void>()
    const { list } = app.store.visits
    const asked = vi.spyOn(app.store.visits, 'list').mockImplementationOnce(async (...given) => {
      await held.promise
      return list.apply(app.store.visits, given)
    })
    const { hostname, port, host } = new URL(app.url)
    const socket = connect(Number(port), hostname)
    const answers = text(socket)
    socket.write(`GET /v2/visits HTTP/1.1\r\nHost: ${host}\r\n${token()}\r\n\r\n`)
    await expect.poll(() => asked).toHaveBeenCalled()
    socket.write('\0\0 garbage\r\n\r\n')
    socket.write('more of it\r\n\r\n')
    const { status } = await app.fetch('/healthz')
    held.resolve()

    const [, first = '', second = '', ...others] = (await answers).split('HTTP/1.1 ')
    expect(status).toBe(200)
    expect(first).toMatch(/^200 OK[^]*"count":12/)
    expect(second).toMatch(/^400 Bad Request/)
    expect(others).toEqual([])
  })

  it('within its body is answered by a 400 (1.1)', async () => {
    const { hostname, port, host } = new URL(app.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /v2/visits HTTP/1.1\r\nHost: ${host}\r\n${token()}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n\r\n',
    )
    const [data] = await once(socket, 'data')

    expect(String(data)).toMatch(/^HTTP\/1.1 400 /)
    socket.destroy()
  })
})

describe('a body', () => {
  const post = async (body: Buffer, headers: Record<string, string> = {}, path = '/v2/leads') =>
    app.fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: new Uint8Array(body),
    })
  const lead = (name: string, encoding: BufferEncoding = 'utf8') =>
    Buffer.from(JSON.stringify({ data: { last_name: name } }), encoding)

  it.each(['gzip', 'br', 'x-unknown', 'identity, gzip'])(
    'in the encoding %s is a 415 (6.6)',
    async (encoding) => {
      const { status } = await post(lead('x'), { 'Content-Encoding': encoding })
      expect(status).toBe(415)
    },
  )

  it.each(['/v2/leads', '/v2/session', '/oauth2/token'])(
    'that is not UTF-8, or says so, is a 400 for %s (6.6)',
    async (path) => {
      expect((await post(lead('Grün', 'latin1'), {}, path)).status).toBe(400)
      const type = { 'Content-Type': 'application/json; charset=iso-8859-1' }
      expect((await post(lead('Gruen'), type, path)).status).toBe(400)
      expect(
        (await post(Buffer.from('{"data":{"x":"\u00ed\u00a0\u0080"}}', 'latin1'), {}, path)).status,
      ).toBe(400)
    },
  )

  it('of a form is escaped as UTF-8 (9.2)', async () => {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const form = Buffer.from('grant_type=password&username=%ff')

    const { status, headers } = await post(form, type, '/oauth2/token')

    expect([status, headers.get('Cache-Control')]).toEqual([400, 'no-store'])
  })

  it.each(['application/json; charset=utf-8', 'application/json;charset="UTF-8"'])(
    'that says %s is fine (6.6)',
    async (type) => {
      const response = await post(lead('Grün 🚪'), {
        'Content-Type': type,
        'Content-Encoding': 'identity',
      })
      expect(await response.text()).toContain('Grün 🚪')
    },
  )
})

describe('what caches may keep', () => {
  const page = `/v3/visits/stream?limit=5&position=${btoa('firehose.visit.by_account,0,0')}`
  const { email, password } = { email: 'admin@acme.example', password: 'correct horse' }

  async function signIn(): Promise<string> {
    const hash = await app.passwords.hash(password)
    const user = (await app.client.users.self()).data
    await app.store.write(app.account, (tx) => tx.users.setPassword(user.id, hash))
    const signedIn = await send(app, 'POST', '/v2/session', { email, password }, { token: '' })
    expect(signedIn.headers.get('Cache-Control')).toBe('no-store')
    return String(signedIn.headers.get('Set-Cookie')?.split(';')[0])
  }

  it('depends on both ways to sign in (5.8.1, 9.5)', async () => {
    for (const path of ['/v2/visits', page, '/v2/visits?page=0']) {
      expect((await app.fetch(path)).headers.get('Vary')).toBe(
        'Authorization, Cookie, accept-encoding',
      )
    }
  })

  it('is nothing of what a session reads, nor of an answer that holds secrets (9.4, 9.5)', async () => {
    const cookie = await signIn()
    for (const path of ['/v2/visits', page, '/v2/session', '/v2/tokens', '/v2/nothing']) {
      const { headers } = await fetch(`${app.url}${path}`, { headers: { Cookie: cookie } })
      expect([path, headers.get('Cache-Control')]).toEqual([path, 'no-store'])
    }
    for (const path of ['/v2/session', '/v2/tokens', '/v2/tokens/999', '/v2/oauth_clients']) {
      const { headers } = await app.fetch(path)
      expect([path, headers.get('Cache-Control')]).toEqual([path, 'no-store'])
    }
    expect((await app.fetch(page)).headers.get('Cache-Control')).toMatch(/^private, max-age/)
  })
})
