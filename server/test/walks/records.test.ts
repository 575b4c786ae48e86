import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { SalesRecord } from '../../src/domain/records.ts'
import { newUser, type User } from '../../src/domain/users.ts'
import { runs } from '../support/runs.ts'
import { startApp, type TestApp } from '../support/start.ts'
import { readByCursor, walkOn } from '../support/walk.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})

afterAll(() => app.close())

const start = Date.UTC(2026, 0, 5, 8)
const names = ['', 'Ada', 'ada', 'Ödön', 'Zoë', '🚪', 'Ada '] as const

/** A row as the model knows it: its id, what it is sorted by, and whether the filter finds it. */
interface Row {
  readonly id: number
  readonly keys: Readonly<Record<string, string | number>>
  readonly matches: boolean
}

interface Given {
  readonly id: number
  readonly one: number
  readonly other: number
  readonly name: string
  readonly last: string
  readonly matches: boolean
}

const given = fc.record<Given>({
  id: fc.integer({ min: 9_001, max: 9_040 }),
  one: fc.integer({ min: 0, max: 4 }),
  other: fc.integer({ min: 0, max: 4 }),
  name: fc.constantFrom(...names),
  last: fc.constantFrom(...names),
  matches: fc.boolean(),
})

interface Kind {
  readonly path: string
  readonly sorts: readonly string[]
  /** A filter that leaves the rows which match. */
  readonly filter: Readonly<Record<string, string>>
  save(rows: readonly Given[]): Promise<void>
  /** Absent: they cannot be removed. */
  remove?(ids: readonly number[]): Promise<void>
  toRow(given: Given): Row
}

const recordsOf = (table: 'leads' | 'contacts'): Kind => {
  const organization = table === 'leads' ? 'organization_name' : 'name'
  return {
    path: `/v2/${table}`,
    sorts: ['id', 'created_at', 'updated_at', 'first_name', 'last_name', organization],
    filter: { 'address[city]': 'Berlin' },
    save: (rows) =>
      app.store.write(app.account, (tx) => tx[table].save(rows.map((row) => toRecord(table, row)))),
    remove: (ids) =>
      app.store.write(app.account, async (tx) => {
        for (const id of ids) await tx[table].remove(id, { by: null, at: 1 })
      }),
    toRow: ({ id, one, other, name, last, matches }) => ({
      id,
      keys: {
        created_at: one,
        updated_at: other,
        first_name: name,
        last_name: last,
        [organization]: name + last,
      },
      matches,
    }),
  }
}

const toRecord = (table: 'leads' | 'contacts', row: Given): SalesRecord => ({
  id: row.id,
  ownerId: null,
  attributes: JSON.stringify({
    first_name: row.name,
    last_name: row.last,
    [table === 'leads' ? 'organization_name' : 'name']: row.name + row.last,
    is_organization: true,
    address: { city: row.matches ? 'Berlin' : 'Bonn' },
  }),
  point: null,
  verificationRadiusM: null,
  createdAt: start + row.one,
  updatedAt: start + row.other,
})

const users: Kind = {
  path: '/v2/users',
  sorts: ['id', 'name', 'created_at', 'updated_at'],
  filter: { identity_type: 'integration' },
  save: (rows) => app.store.write(app.account, (tx) => tx.users.save(rows.map(toUser))),
  toRow: ({ id, one, other, name, matches }) => ({
    id,
    keys: { name, created_at: one, updated_at: other },
    matches,
  }),
}

const toUser = ({ id, one, other, name, matches }: Given): User => ({
  ...newUser({ id, name, email: `u${id}@example.com`, role: 'user', reportsTo: null }, start),
  createdAt: start + one,
  updatedAt: start + other,
  identityType: matches ? 'integration' : 'person',
})

/** What happens between two pages, and how many rows the next page may have. */
const step = fc.record({
  saved: fc.array(given, { maxLength: 6 }),
  removed: fc.array(fc.integer({ min: 9_001, max: 9_040 }), { maxLength: 2 }),
  perPage: fc.integer({ min: 1, max: 7 }),
})

const byId = (rows: readonly Given[]) => [...new Map(rows.map((row) => [row.id, row])).values()]

const compare = (one: string | number, other: string | number): number => {
  if (typeof one === 'number') return one - Number(other)
  return Buffer.compare(Buffer.from(one), Buffer.from(String(other)))
}

function inOrder(rows: readonly Row[], sort: string, sign: number): Row[] {
  return rows.toSorted(
    (a, b) => sign * (compare(a.keys[sort] ?? a.id, b.keys[sort] ?? b.id) || a.id - b.id),
  )
}

interface Course {
  readonly first: readonly Given[]
  readonly steps: readonly { saved: Given[]; removed: number[]; perPage: number }[]
  readonly sort: readonly [field: string, direction: string]
  readonly isFiltered: boolean
}

const course = ({ sorts }: Kind): fc.Arbitrary<Course> =>
  fc.record({
    first: fc.array(given, { maxLength: 40 }),
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
    sort: fc.tuple(fc.constantFrom(...sorts), fc.constantFrom('asc', 'desc')),
    isFiltered: fc.boolean(),
  })

/** Walks while others change the list; also answers what the walk owes, in order. */
async function walkAmidChanges(kind: Kind, { first, steps, sort, isFiltered }: Course) {
  const [field, direction] = sort
  await kind.remove?.(await walkOn(app, kind.path, {}))
  await kind.save(byId(first))
  const due = new Map(byId(first).map((row) => [row.id, kind.toRow(row)]))
  const removed = new Set<number>()
  const query = { ...(isFiltered && kind.filter), sort_by: `${field}:${direction}` }
  const found: number[] = []
  let next: string | undefined = ''
  const read = async (perPage: number) => {
    if (next === undefined) return
    const page = await readByCursor(app, kind.path, { ...query, per_page: `${perPage}` }, next)
    found.push(...page.ids)
    next = page.next
  }
  for (const { saved, removed: ids, perPage } of steps) {
    await read(perPage)
    const rows = next === undefined ? [] : byId(saved)
    await kind.save(rows)
    if (isFiltered) for (const row of rows) if (!row.matches) due.delete(row.id)
    for (const id of kind.remove && next !== undefined ? ids : []) {
      await kind.remove?.([id])
      due.delete(id)
      removed.add(id)
    }
  }
  while (next !== undefined) await read(3)
  const owed = [...due.values()].filter(({ matches }) => !isFiltered || matches)
  const sign = direction === 'desc' ? -1 : 1
  return { found, removed, expected: inOrder(owed, field, sign).map(({ id }) => id) }
}

describe.each([
  ['leads', recordsOf('leads')],
  ['contacts', recordsOf('contacts')],
  ['users', users],
])('a walk through %s', (_name, kind) => {
  it('answers what existed throughout once, in the order of its start (10.1)', async () => {
    const holds = fc.asyncProperty(course(kind), async (given) => {
      const { found, removed, expected } = await walkAmidChanges(kind, given)

      const once = found.filter((id) => !removed.has(id))
      expect(new Set(once).size).toBe(once.length)
      expect(found.filter((id) => expected.includes(id))).toEqual(expected)
    })
    await fc.assert(holds, { numRuns: runs({ test: 10, rest: 50, isOfSql: true }) })
  })

  it('goes on while an import changes every row (10.1)', async () => {
    await kind.remove?.(await walkOn(app, kind.path, {}))
    const rows = Array.from({ length: 2_300 }, (_, n): Given => ({
      id: 20_000 + n,
      one: (n * 7) % 900,
      other: (n * 11) % 1_700,
      name: `${(n * 13) % 800}`,
      last: `${n % 3}`,
      matches: n % 40 === 0,
    }))
    const turned = (by: number) =>
      rows.map(({ one, other, name, last, ...row }): Given => {
        return { ...row, one: other + by, other: one - by, name: last + name, last: name }
      })
    const walks = kind.sorts
      .slice(-2)
      .flatMap((sort, at) =>
        [false, true].map((isFiltered) => ({ sort, way: at > 0 ? 'asc' : 'desc', isFiltered })),
      )
    for (const { sort, way, isFiltered } of walks) {
      await kind.save(rows)
      const query = { ...(isFiltered && kind.filter), sort_by: `${sort}:${way}` }
      const first = await readByCursor(app, kind.path, { ...query, per_page: '40' }, '')
      for (const by of [1, 2]) await kind.save(turned(by))
      const others = await walkOn(app, kind.path, { ...query, per_page: '700' }, first.next)

      const owed = rows.map(kind.toRow).filter(({ matches }) => !isFiltered || matches)
      const expected = inOrder(owed, sort, way === 'asc' ? 1 : -1).map(({ id }) => id)
      expect([...first.ids, ...others].filter((id) => id >= 20_000 && id < 30_000)).toEqual(
        expected,
      )
    }
  })
})
