import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { runs } from '../../../test/support/runs.ts'
import type { SalesRecord } from '../../domain/records.ts'
import {
  describeRecord,
  searchedKinds,
  type SearchedKind,
  type SearchRequest,
  wordsOfUser,
} from '../../domain/search.ts'
import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import { areMatching, fold, parseWords } from '../../domain/words.ts'
import { addAccount, addVisits, admin, type OpenStore, start, world } from './example-store.ts'

const record = (id: number, attributes: object): SalesRecord => ({
  id,
  ownerId: null,
  attributes: JSON.stringify(attributes),
  point: null,
  verificationRadiusM: null,
  createdAt: start,
  updatedAt: start,
})

const ask = (typed: string, given: Partial<SearchRequest> = {}): SearchRequest => ({
  query: parseWords(typed),
  kinds: searchedKinds,
  limit: 1_000,
  near: undefined,
  viewer: admin,
  ...given,
})

export function describeSearch(open: OpenStore): void {
  let store: Store
  beforeAll(async () => {
    ;({ store } = await open())
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const find = async (account: number, request: SearchRequest) =>
    (await store.search.find(account, request)).map(({ kind, id }) => `${kind} ${id}`)

  it('finds what a model in memory finds, while everything changes (10.2)', async () => {
    const account = await addAccount(store, 'Found')
    const other = await addAccount(store, 'Other')
    const model = new Map<string, { name: string; words: string }>()
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 8 }), anyTyped, async (changes, typed) => {
        for (const { kind, id, attributes } of changes) {
          await apply(store, account, kind, id, attributes)
          await apply(store, other, kind, id + 1, attributes)
          if (attributes) model.set(`${kind} ${id}`, described(kind, id, attributes))
          else if (kind !== 'user') model.delete(`${kind} ${id}`)
        }
        for (const kinds of [searchedKinds, ['lead'], ['contact', 'user']] as const) {
          const expected = [...model]
            .filter(([key]) => kinds.some((kind) => key.startsWith(`${kind} `)))
            .filter(
              ([, { words }]) =>
                parseWords(typed).length > 0 && areMatching(words, parseWords(typed)),
            )
            .map(([key, { name }]) => ({ key, name: fold(name) }))
            .toSorted(
              (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)) || byKey(a.key, b.key),
            )
            .map(({ key }) => key)
          expect(await find(account, ask(typed, { kinds }))).toEqual(expected)
        }
      }),
      { numRuns: runs({ test: 25, rest: 75, isOfSql: true }) },
    )
  })

  it('puts first what was last visited, of the visits that the viewer sees (10.2, 2.4)', async () => {
    const account = await addAccount(store, 'Ranked')
    await addVisits(store, account, world)
    await store.write(account, async (tx) => {
      const ids = Array.from({ length: 20 }, (_, n) => 901 + n)
      await tx.leads.save(ids.map((id) => record(id, { last_name: `Ode ${9999 - id}` })))
    })
    for (const viewer of [admin, { userId: 12, isAdmin: false }]) {
      const seen = world.filter(
        ({ creatorId, resourceType }) =>
          resourceType === 'lead' && (viewer.isAdmin || creatorId === viewer.userId),
      )
      const last = (id: number) =>
        Math.max(0, ...seen.flatMap((visit) => (visit.resourceId === id ? visit.visitedAt : [])))
      const expected = Array.from({ length: 20 }, (_, n) => 901 + n)
        .toSorted((a, b) => last(b) - last(a) || b - a)
        .map((id) => `lead ${id}`)
      expect(await find(account, ask('ODE', { viewer }))).toEqual(expected)
      expect(await find(account, ask('ode', { viewer, limit: 3 }))).toEqual(expected.slice(0, 3))
    }
  })

  it('puts the nearest first, also across the antimeridian, the unplaced last (10.2)', async () => {
    const account = await addAccount(store, 'Near')
    const at = (id: number, latitude: number, longitude: number): SalesRecord => ({
      ...record(id, { name: 'Quay', is_organization: true }),
      point: { latitude, longitude, precision: 'pin' },
    })
    await store.write(account, async (tx) => {
      await tx.contacts.save([at(1, 10, 10), at(2, -17, 179.9), at(3, -17.2, -179.9)])
      await tx.leads.save([record(4, { last_name: 'Quay' })])
    })
    const near = { latitude: -17.2, longitude: 179.95 }
    expect(await find(account, ask('quay', { near }))).toEqual([
      'contact 3',
      'contact 2',
      'contact 1',
      'lead 4',
    ])
  })

  it('ranks those stored last and those the viewer visited when very many match (10.2)', async () => {
    const account = await addAccount(store, 'Many')
    const ids = Array.from({ length: 1_500 }, (_, n) => n + 1)
    for (let from = 0; from < ids.length; from += 500) {
      await store.write(account, (tx) =>
        tx.leads.save(
          ids.slice(from, from + 500).map((id) => record(id, { last_name: `Max ${id}` })),
        ),
      )
    }
    const [visit] = world
    if (visit) {
      const own = {
        ...visit,
        creatorId: admin.userId,
        resourceType: 'lead',
        resourceId: 3,
      } as const
      await addVisits(store, account, [own])
    }
    const found = await find(account, ask('m', { limit: 2_000 }))
    expect(found[0]).toBe('lead 3')
    expect(new Set(found).size).toBe(1_002)
    expect(found).toContain('lead 500')
    expect(found).not.toContain('lead 499')
    expect(await find(account, ask('max 17'))).toHaveLength(11)
  })

  it('follows users who get another id (A.8, 10.2)', async () => {
    const account = await addAccount(store, 'Renumbered')
    await apply(store, account, 'user', 2_001, { name: 'Zoë' })
    await store.write(account, async (tx) => {
      await tx.users.changeId(2_001, 7)
      const user = (await tx.users.find([7])).get(7)
      if (user) await tx.users.save([user])
    })
    expect(await find(account, ask('zoe'))).toEqual(['user 7'])
  })

  it('answers only when everything that was stored before is in the index (10.2)', async () => {
    const account = await addAccount(store, 'Later')
    await apply(store, account, 'lead', 1, { last_name: 'Früh' })
    await apply(store, account, 'user', 2, { name: 'Früh' })
    const last = await store.write(account, (tx) => tx.search.index('lead', 0, 10))
    expect(last).toBe(1)
    expect(await store.write(account, (tx) => tx.search.index('lead', 1, 10))).toBeUndefined()
    expect(await store.search.isComplete(account)).toBe(true)
    expect(await find(account, ask('fruh'))).toEqual(['lead 1', 'user 2'])
  })
}

const byKey = (one: string, other: string): number => {
  const [kind = '', id] = one.split(' ')
  const [otherKind = '', otherId] = other.split(' ')
  const rank = (name: string) => searchedKinds.findIndex((known) => known === name)
  return rank(kind) - rank(otherKind) || Number(id) - Number(otherId)
}

const anyWord = fc.oneof(
  fc.constantFrom('Łódź', 'lodz', 'Weiß', 'weisser', 'O’Neil', 'ÆØ', 'aeo', '12', '12b', 'İzmir'),
  fc.constantFrom(
    '"',
    '*',
    'NEAR(a b)',
    'OR',
    '-a',
    "'",
    '\\',
    '@1k0',
    ':*',
    '& |',
    '{words}:',
    '',
  ),
  fc.stringMatching(/^[aA-bB ]{1,3}$/),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const anyPhone = fc.stringMatching(/^[+0-9 ()/-]{0,12}$/)

type Given = Readonly<Record<string, unknown>>

const anyAttributes: fc.Arbitrary<Given> = fc.record(
  {
    name: anyWord,
    first_name: anyWord,
    last_name: anyWord,
    organization_name: anyWord,
    is_organization: fc.boolean(),
    email: anyWord.map((word) => `${word}@Example.com`),
    phone: anyPhone,
    mobile: anyPhone,
    address: fc.record({ line1: anyWord, city: anyWord }),
    tags: fc.array(anyWord, { maxLength: 3 }),
    custom_fields: fc.record({ secret: anyWord }),
  },
  { requiredKeys: [] },
)

/** Without attributes: the record is deleted. */
const anyChange = fc.record({
  kind: fc.constantFrom(...searchedKinds),
  id: fc.integer({ min: 1, max: 12 }),
  attributes: fc.option(anyAttributes, { nil: undefined, freq: 6 }),
})

const anyTyped = fc.oneof(
  anyWord,
  anyPhone,
  fc.tuple(anyWord, anyWord).map((words) => words.join(' ')),
)

const userOf = (id: number, { name, phone }: Given) => ({
  ...newUser(
    { id, name: String(name ?? ''), email: `u${id}@acme.example`, role: 'user', reportsTo: null },
    start,
  ),
  phoneNumber: typeof phone === 'string' ? phone : null,
})

function described(kind: SearchedKind, id: number, attributes: Given) {
  if (kind === 'user') {
    const user = userOf(id, attributes)
    return { name: user.name, words: wordsOfUser(user).join(' ') }
  }
  const { name, words } = describeRecord(kind, record(id, attributes))
  return { name, words: words.join(' ') }
}

const apply = (
  store: Store,
  account: number,
  kind: SearchedKind,
  id: number,
  attributes: Given | undefined,
): Promise<void> =>
  store.write(account, async (tx) => {
    if (kind === 'user') return attributes && tx.users.save([userOf(id, attributes)])
    const records = kind === 'lead' ? tx.leads : tx.contacts
    return attributes
      ? records.save([record(id, attributes)])
      : records.remove(id, { by: null, at: 1 })
  })
