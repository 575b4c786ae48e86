import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'

import type { AccountKey } from '../../src/domain/accounts.ts'
import type { Store, WriteOptions, Transaction } from '../../src/domain/store.ts'
import { issueTokens } from '../../src/rules/oauth-grants.ts'
import { addUser, changePassword, changeUser } from '../../src/rules/users.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { makeToken } from '../../src/runtime/new-token.ts'
import { newSecret } from '../../src/runtime/secrets.ts'
import { cacheSenders } from '../../src/storage/people/sender-cache.ts'
import { openPostgresStore } from '../../src/storage/postgres/open.ts'
import { newDatabase } from '../support/engine.ts'
import { select } from '../support/postgres-server.ts'

/** What is promised (PROTOCOL 2.1), and what an announcement needs for it on a busy machine. */
const promisedMs = 1_000
const announcedMs = 300

const scopes = ['read', 'write', 'profile'] as const
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

let url = ''
/** Two processes of one database. */
let one: Store
let two: Store
let account: AccountKey
/** Of a person who may lose anything. */
let userId = 0
let token = ''
let session = ''
let oauthToken = ''
let clientId = 0

beforeAll(async () => {
  url = await newDatabase()
  one = await openPostgresStore({ url, clock: Date.now })
  two = await openPostgresStore({ url, clock: Date.now })
  account = (await createAccount(one, 'Acme', 'ada@acme.example')).key
})
afterAll(async () => {
  await one[Symbol.asyncDispose]()
  await two[Symbol.asyncDispose]()
})
afterEach(() => void vi.useRealTimers())

beforeEach(async () => {
  const now = Date.now()
  const email = `${crypto.randomUUID()}@acme.example`
  session = hashOf(newSecret())
  oauthToken = hashOf(newSecret())
  await one.write(account, async (tx) => {
    userId = (await addUser(tx, { name: 'Bo', email, role: 'admin' }, now)).id
    await tx.sessions.add({ hash: session, userId, createdAt: now, lastUsedAt: now })
    const client = {
      uid: crypto.randomUUID(),
      secretHash: null,
      name: 'A program',
      redirectUris: [],
      scopes,
      createdAt: now,
    }
    clientId = await tx.oauth.addClient(client)
    const issue = { accessHash: oauthToken, refreshHash: null, userId, scopes }
    await issueTokens(
      tx,
      { ...client, id: clientId },
      { ...issue, origin: { kind: 'person' } },
      now,
    )
  })
  const made = { email, scopes, expiresAt: null, description: '' }
  token = hashOf(await makeToken(one, account, made))
})

const findToken = (store: Store, hash = token) => store.tokens.findActor(hash, Date.now())
const findSession = (store: Store) => store.sessions.findActor(session, 0)

async function tokenId(): Promise<number> {
  return (await findToken(one))?.tokenId ?? 0
}

/** Both processes remember all that the person has. */
async function ask(): Promise<void> {
  for (const store of [one, two]) {
    expect(await findToken(store)).toMatchObject({ userId, isAdmin: true })
    expect(await findToken(store, oauthToken)).toMatchObject({ userId })
    expect(await findSession(store)).toMatchObject({ userId, isAdmin: true })
  }
}

const isKnown = {
  token: async (store: Store) => (await findToken(store)) !== undefined,
  'OAuth token': async (store: Store) => (await findToken(store, oauthToken)) !== undefined,
  session: async (store: Store) => (await findSession(store)) !== undefined,
  admin: async (store: Store) => (await findToken(store))?.isAdmin === true,
}

type Right = keyof typeof isKnown

async function msUntilLost(store: Store, right: Right): Promise<number> {
  const startMs = performance.now()
  while (await isKnown[right](store)) {
    if (performance.now() - startMs > 5_000) return Number.POSITIVE_INFINITY
    await pause(5)
  }
  return performance.now() - startMs
}

const losses: [string, Right[], (tx: Transaction) => Promise<unknown>][] = [
  ['a token', ['token'], async (tx) => tx.tokens.revoke(await tokenId(), Date.now())],
  [
    'a user who is made inactive',
    ['token', 'OAuth token', 'session'],
    (tx) => changeUser(tx, userId, { status: 'inactive' }, Date.now()),
  ],
  ['an admin’s role', ['admin'], (tx) => changeUser(tx, userId, { role: 'user' }, Date.now())],
  [
    'what a new password ends',
    ['session', 'OAuth token'],
    (tx) => changePassword(tx, userId, 'hash', Date.now()),
  ],
  ['a session', ['session'], (tx) => tx.sessions.remove(session)],
  [
    'a token of OAuth',
    ['OAuth token'],
    (tx) => tx.oauth.revokeAccessToken(clientId, oauthToken, Date.now()),
  ],
  ['a program', ['OAuth token'], (tx) => tx.oauth.removeClient(clientId, Date.now())],
]

it.each(losses)(
  'takes %s: here at once, in another process promptly (2.1)',
  async (_, rights, take) => {
    await tokenId()
    await ask()
    await one.write(account, take)
    for (const right of rights) expect(await isKnown[right](one), right).toBe(false)
    for (const right of rights) expect(await msUntilLost(two, right)).toBeLessThan(announcedMs)
  },
)

it('takes effect within a second where no notification arrives (2.1)', async () => {
  await ask()
  const takenMs = performance.now()
  await select(
    url,
    `update access_tokens set revoked_at = 1 where hash = '${token}';
     delete from sessions where hash = '${session}'`,
  )
  expect(await isKnown.token(one), 'it is remembered').toBe(true)
  for (const right of ['token', 'session'] as const) {
    await Promise.all([one, two].map((store) => msUntilLost(store, right)))
  }
  expect(performance.now() - takenMs).toBeLessThan(promisedMs)
})

it('caches no sender beyond the end of a token or the idle time of a session', async () => {
  const expiresAt = Date.now() + 60_000
  const made = { email: 'ada@acme.example', scopes, expiresAt, description: '' }
  const hash = hashOf(await makeToken(one, account, made))
  expect(await one.tokens.findActor(hash, expiresAt - 1)).toBeDefined()
  expect(await one.tokens.findActor(hash, expiresAt)).toBeUndefined()
  const found = await findSession(one)
  expect(await one.sessions.findActor(session, found?.lastUsedAt ?? 0)).toBeUndefined()
})

it('does not remember what a lookup found that was under way when the right was taken', async () => {
  const { promise: taken, resolve: take } = Promise.withResolvers<void>()
  let asked = 0
  await using slow = cacheSenders({
    ...one,
    tokens: {
      ...one.tokens,
      async findActor(hash, now) {
        const found = await two.tokens.findActor(hash, now)
        if (asked++ === 0) await taken
        return found
      },
    },
    [Symbol.asyncDispose]: async () => {},
  })
  const early = findToken(slow)
  await expect.poll(() => asked).toBe(1)
  await slow.write(account, async (tx) => tx.tokens.revoke(await tokenId(), Date.now()))
  take()
  expect(await early).toBeDefined()
  await expect.poll(() => findToken(two)).toBeUndefined()
  expect(await findToken(slow)).toBeUndefined()
})

it('hands on how a write is to be run', async () => {
  const manners: (WriteOptions | undefined)[] = []
  const store = cacheSenders({
    ...one,
    write(of, work, writeOptions) {
      manners.push(writeOptions)
      return one.write(of, work, writeOptions)
    },
  })
  await store.write(account, async () => {}, { isRepeatable: true })
  await store.write(account, async () => {})
  expect(manners).toEqual([{ isRepeatable: true }, undefined])
})

it('caches 10,000 senders at most, and looks up unknown ones every time', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const actor = await findToken(one)
  const asked: string[] = []
  const store = cacheSenders({
    ...one,
    tokens: {
      ...one.tokens,
      async findActor(hash) {
        asked.push(hash)
        return hash === 'nobody' ? undefined : actor
      },
    },
  })
  for (let n = 0; n <= 10_000; n++) await findToken(store, `${n}`)
  await findToken(store, '10000')
  expect(asked).toHaveLength(10_001)
  await findToken(store, '0')
  expect(asked).toHaveLength(10_002)
  for (let n = 0; n < 3; n++) expect(await findToken(store, 'nobody')).toBeUndefined()
  expect(asked).toHaveLength(10_005)
})
