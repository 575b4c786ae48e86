import { InsufficientScopeError, UnauthorizedError } from '@doorstep/client/errors'
import { operations } from '@doorstep/contract/api'
import type { Errors } from '@doorstep/contract/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { emailOf, people } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

const guarded = operations
  .filter(({ scopes }) => scopes !== null)
  .map(({ method, path, id }) => {
    const query = id === 'streamVisits' ? '?position=tail' : ''
    return [method, `${path.replace(':id', String(people.rep))}${query}`] as const
  })

const unauthorized = { status: 401, challenge: 'Bearer', codes: ['unauthorized'] }

async function answerTo(headers: Record<string, string>, path = '/v2/visits', method = 'GET') {
  const response = await fetch(`${app.url}${path}`, { headers, method })
  const { errors } = (await response.json()) as Errors
  return {
    status: response.status,
    challenge: response.headers.get('WWW-Authenticate'),
    codes: errors.map(({ error }) => error.code),
  }
}

describe('a request without a good token', () => {
  it.each(guarded)('is refused on %s %s (2.1)', async (method, path) => {
    expect(await answerTo({}, path, method)).toEqual(unauthorized)
  })

  it.each([
    ['63 characters', (token: string) => `Bearer ${token.slice(1)}`],
    ['65 characters', (token: string) => `Bearer ${token}0`],
    ['capital letters', (token: string) => `Bearer ${token.toUpperCase()}`],
    ['another scheme', (token: string) => `Basic ${token}`],
    ['no scheme', (token: string) => token],
    ['no token', () => 'Bearer'],
    ['two tokens', (token: string) => `Bearer ${token} ${token}`],
    ['a token that nobody has', () => `Bearer ${'0123456789abcdef'.repeat(4)}`],
    ['what is no hex', () => `Bearer ${'X'.repeat(64)}`],
  ])('is refused with %s (2.1)', async (_, header) => {
    const headers = { Authorization: header(app.tokens.admin) }

    expect(await answerTo(headers)).toEqual(unauthorized)
  })

  it.each([
    '/v2/visits?page=0&unknown=param',
    '/v2/users/self?access_token=0123456789abcdef',
    '/v3/visits/stream',
  ])('is refused before its query is read: %s (2.1)', async (path) => {
    expect(await answerTo({}, path)).toEqual(unauthorized)
  })
})

describe('a token', () => {
  it('is 64 lowercase hex characters (2.1)', () => {
    for (const token of Object.values(app.tokens)) expect(token).toMatch(/^[0-9a-f]{64}$/)
  })

  it('works whatever the case of the scheme (2.1)', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { Authorization: `${scheme} ${app.tokens.admin}` }
      expect((await fetch(`${app.url}/v2/visits`, { headers })).status).toBe(200)
    }
  })

  it('that was revoked is refused at once (2.1)', async () => {
    const client = app.clientOf(await app.token(emailOf('rep')))
    await client.visits.list()
    const newest = (await app.store.tokens.list(app.account)).at(-1)

    await app.store.write(app.account, (tx) => tx.tokens.revoke(newest?.id ?? 0, Date.now()))

    await expect(client.visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('that has expired is refused from that moment on (2.1)', async () => {
    let now = Date.now()
    await using aging = await startApp({ clock: () => now })
    const client = aging.clientOf(await aging.token(emailOf('rep'), ['read'], now + 3_600_000))

    now += 3_599_999
    await client.visits.list()
    now += 1

    await expect(client.visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
  })

  it('of an inactive user is refused (2.1)', async () => {
    const token = await app.token(emailOf('trainee'))
    const client = app.clientOf(token)
    await client.visits.list()
    await app.store.write(app.account, async (tx) => {
      const [user] = (await tx.users.find([people.trainee])).values()
      if (user) await tx.users.save([{ ...user, status: 'inactive' }])
    })

    await expect(client.visits.list()).rejects.toBeInstanceOf(UnauthorizedError)
  })
})

describe('scopes', () => {
  it('read opens visits, outcomes and the stream, and nothing else (2.2)', async () => {
    const client = app.clientOf(app.tokens.reading)

    await client.visits.list()
    await client.outcomes.list()
    await client.stream.read({ position: 'tail' })
    for (const call of [client.users.list, client.users.self, client.account.self]) {
      await expect(call()).rejects.toBeInstanceOf(InsufficientScopeError)
    }
    await expect(client.users.get(people.rep)).rejects.toBeInstanceOf(InsufficientScopeError)
  })

  it('profile opens users and the account, and nothing else (2.2)', async () => {
    const client = app.clientOf(app.tokens.profile)

    await client.users.list()
    await client.users.self()
    await client.account.self()
    for (const call of [client.visits.list, client.outcomes.list]) {
      await expect(call()).rejects.toBeInstanceOf(InsufficientScopeError)
    }
    const reading = client.stream.read({ position: 'tail' })
    await expect(reading).rejects.toMatchObject({ status: 403, code: 'insufficient_scope' })
  })

  it('write and sync do not stand for read (2.2)', async () => {
    const client = app.clientOf(await app.token(emailOf('rep'), ['write', 'sync']))

    await expect(client.visits.list()).rejects.toThrow(`needs the scope 'read'`)
  })

  it('are looked at before the query is read (2.2)', async () => {
    const headers = { Authorization: `Bearer ${app.tokens.profile}` }

    expect((await fetch(`${app.url}/v2/visits?page=0`, { headers })).status).toBe(403)
  })
})

describe('the stream', () => {
  it.each(['manager', 'rep', 'stranger'] as const)(
    'is closed to a %s, who is not an admin (2.5)',
    async (person) => {
      const { stream } = app.clientOf(app.tokens[person])

      const reading = stream.read({ position: 'tail' })

      await expect(reading).rejects.toMatchObject({ status: 403, code: 'insufficient_scope' })
    },
  )
})
