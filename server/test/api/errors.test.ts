import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'

import { Errors } from '@doorstep/contract/errors'
import { Check } from 'typebox/value'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { DomainError } from '../../src/domain/errors.ts'
import { people } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

afterEach(() => void vi.useRealTimers())

/** The envelope of an answer, which must be whole and name the request. */
async function envelopeOf(response: Response): Promise<Errors> {
  const body: unknown = await response.json()
  if (!Check(Errors, body)) throw new Error(`no error envelope: ${JSON.stringify(body)}`)
  return body
}

describe('the envelope', () => {
  it('holds everything that clients read (8.1)', async () => {
    await using app = await startApp()
    const headers = { 'X-Request-Id': 'request-0001' }

    const response = await app.fetch('/v2/visits?per_page=200', { headers })

    const links = { more_info: `${app.url}/docs` }
    expect(await response.json()).toEqual({
      errors: [
        {
          error: {
            code: 'invalid_param',
            message: 'invalid request query parameter',
            details:
              `The request query parameter 'per_page' is malformed, missing, or has an invalid ` +
              'value (must be between 1 and 100, given: 200)',
          },
          meta: { type: 'error', links },
        },
      ],
      meta: { type: 'errors', http_status: '400 Bad Request', logref: 'request-0001', links },
    })
    expect((await fetch(links.more_info)).status).toBe(200)
  })

  it.each([
    ['/v2/visits?page=0', 400, 'invalid_param'],
    ['/v2/users/999999', 404, 'not_found'],
    ['/v2/users/rep', 404, 'not_found'],
    ['/v2/nothing', 404, 'not_found'],
    ['/nothing', 404, 'not_found'],
    ['/v3/visits/stream', 400, 'invalid_param'],
  ])('answers GET %s (8.1, 8.2)', async (path, status, code) => {
    await using app = await startApp()

    const response = await app.fetch(path)
    const { errors, meta } = await envelopeOf(response)

    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(meta.http_status).toMatch(new RegExp(`^${status} `))
    expect(meta.logref).toBe(response.headers.get('X-Request-Id'))
    expect(errors.map(({ error }) => error.code)).toEqual([code])
  })

  it('of a record that is not there names the resource and the id, and what to do (8.1, 8.3)', async () => {
    await using app = await startApp()

    const { errors } = await envelopeOf(await app.fetch('/v2/users/23231'))

    expect(errors[0]?.error).toEqual({
      resource: 'user',
      code: 'not_found',
      message: 'resource you are looking for was not found',
      details:
        "Resource of the type 'user' with the id '23231' was not found. " +
        'Check the id, and whether you may see it.',
    })
  })

  it('of an unknown path is the one that clients know (8.2)', async () => {
    await using app = await startApp()

    const { errors, meta } = await envelopeOf(await app.fetch('/v2/prospects'))

    expect(errors[0]?.error).toEqual({
      code: 'not_found',
      message: 'Not Found',
      details: 'Requested path was not found. All paths are listed at /docs.',
    })
    expect(meta.http_status).toBe('404 Not Found')
  })

  it('answers a path that cannot be read (1.1, 8.1)', async () => {
    await using app = await startApp()

    const response = await app.fetch('/v2/users/%zz')

    expect(response.status).toBe(400)
    expect((await envelopeOf(response)).meta.logref).toBe(response.headers.get('X-Request-Id'))
  })

  it('answers a request whose head is too long (1.1, 8.1)', async () => {
    await using app = await startApp()

    const response = await app.fetch(`/v2/visits?ids=${'1,'.repeat(10_000)}1`)

    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('X-Request-Id')).not.toBeNull()
    expect(Check(Errors, await response.json())).toBe(true)
  })
})

describe('a failure of the server', () => {
  const secret = 'SQLITE_IOERR at /secret/path'

  async function startFailing(): Promise<TestApp> {
    const app = await startApp()
    vi.spyOn(app.store.visits, 'list').mockRejectedValue(new Error(secret))
    vi.spyOn(app.store.users, 'find').mockRejectedValue(new Error(secret))
    return app
  }

  it.each(['/v2/visits', `/v2/users/${people.rep}`])(
    'on %s is a 500 that does not say what failed (8.3)',
    async (path) => {
      await using app = await startFailing()

      const response = await app.fetch(path)
      const { errors } = await envelopeOf(response)

      expect(response.status).toBe(500)
      expect(errors[0]?.error.code).toBe('server_error')
      expect(JSON.stringify([errors, [...response.headers]])).not.toContain('secret')
    },
  )

  it('is in the log as a whole, under the logref (8.3)', async () => {
    await using app = await startFailing()

    const { meta } = await envelopeOf(await app.fetch('/v2/visits'))
    const lines = app.log.filter((line) => line.includes(meta.logref))

    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(secret)
    expect(lines[0]).toContain('errors.test.ts')
  })

  it('while the sender is looked up is a 500 as well (8.3)', async () => {
    await using app = await startApp()
    vi.spyOn(app.store.tokens, 'findActor').mockRejectedValue(new Error(secret))

    const response = await app.fetch('/v2/visits')

    expect(response.status).toBe(500)
    expect(JSON.stringify(await envelopeOf(response))).not.toContain('secret')
  })

  it('logs why answers are 503, at intervals and without what users wrote (8.3)', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    let now = Date.UTC(2026, 0, 5)
    await using app = await startApp({ clock: () => now })
    const cause = Object.assign(new Error('Ada has written this'), { code: '53300' })
    const full = new DomainError('unavailable', 'No connection is left.', { cause })
    vi.spyOn(app.store.visits, 'list').mockRejectedValue(full)
    const answers: Response[] = []
    for (let n = 0; n < 3; n++) answers.push(await app.fetch('/v2/visits'))
    // The clock of the machine may jump.
    now += 3_600_000
    answers.push(await app.fetch('/v2/visits'))
    vi.advanceTimersByTime(1_000)
    answers.push(await app.fetch('/v2/visits'))
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503])
    const [first, , , , last] = answers.map(({ headers }) => headers.get('X-Request-Id'))
    expect(toldOf(app.log)).toEqual([
      expect.objectContaining({ level: 40, code: '53300', logref: first, leftOut: 0 }),
      expect.objectContaining({ level: 40, code: '53300', logref: last, leftOut: 3 }),
    ])
    expect(app.log.join('')).not.toContain('Ada')
  })

  it('logs each reason that has no code, without what it names (8.3)', async () => {
    await using app = await startApp()
    const list = vi.spyOn(app.store.visits, 'list')
    const reasons = [
      new DomainError('unavailable', 'The database takes too long. Try again later.'),
      new DomainError('unavailable', 'The database does not answer. Try again later.'),
      new DomainError('unavailable', 'The file of “Ada” is in use. Try again later.'),
      new DomainError('unavailable', 'It is lost.', { cause: new Error('Ada’s 7 visits') }),
    ]
    for (const reason of reasons) {
      list.mockRejectedValueOnce(reason)
      expect((await app.fetch('/v2/visits')).status).toBe(503)
    }
    expect(toldOf(app.log).map(({ code }) => code)).toEqual([
      'The database takes too long',
      'The database does not answer',
      'unavailable',
      'It is lost',
    ])
    expect(app.log.join('')).not.toContain('Ada')
  })

  it('never has a token in the log (2.1, 8.3)', async () => {
    await using app = await startFailing()
    await app.fetch('/v2/visits')

    expect(app.log.join('\n')).not.toContain(app.tokens.admin)
  })

  it('that will pass is a 503 with Retry-After (8.2)', async () => {
    await using app = await startApp()
    const full = new DomainError('unavailable', 'The disk is full. Make room, then try again.')
    vi.spyOn(app.store.visits, 'list').mockRejectedValue(full)

    const response = await app.fetch('/v2/visits')
    const { errors } = await envelopeOf(response)

    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
    expect(errors[0]?.error).toMatchObject({ code: 'temporarily_unavailable' })
  })
})

const toldOf = (log: readonly string[]): { code?: unknown }[] =>
  log
    .filter((line) => line.includes('temporarily unavailable'))
    .map((line): { code?: unknown } => JSON.parse(line))

describe('a server that is stopping', () => {
  it('answers what it has begun, and in the same form what still comes (1.1, 8.1)', async () => {
    const app = await startApp()
    const { hostname, port } = new URL(app.url)
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`
    const held = Promise.withResolvers<void>()
    const asked = vi.spyOn(app.store, 'ping').mockReturnValue(held.promise)
    const socket = connect(Number(port), hostname)
    const answers = text(socket)
    socket.write(get('/readyz'))
    await expect.poll(() => asked).toHaveBeenCalled()

    const closing = app.close()
    await setTimeout(100)
    socket.write(get('/v2/visits'))
    await setTimeout(100)
    held.resolve()
    await closing

    const [, first = '', second = ''] = (await answers).split('HTTP/1.1 ')
    expect(first).toMatch(/^200 OK/)
    // A client that reads that the connection ends retries elsewhere.
    const isEnded = second === '' && first.includes('Connection: close')
    const expected = /^(401|503) [^]*X-Request-Id: [^]*"type":"errors"/
    expect(isEnded || expected.test(second)).toBe(true)
  })
})
