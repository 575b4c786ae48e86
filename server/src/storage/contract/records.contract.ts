import { afterAll, beforeAll, expect, it } from 'vitest'

import type { RecordFilter, RecordSort, SalesRecord } from '../../domain/records.ts'
import type { Store } from '../../domain/store.ts'
import { importRecords } from '../../rules/imports/records.ts'
import {
  addAccount,
  addVisits,
  type OpenStore,
  request,
  start,
  walk,
  world,
} from './example-store.ts'

const cities = ['Berlin', 'Bonn', 'Łódź']

/** Attributes of a record of the example store; undefined: none is stored. */
const attributesOf = (n: number) => ({
  creator_id: 11 + (n % 3),
  source_id: n % 4 === 0 ? undefined : n % 4,
  contact_id: n % 5 === 0 ? 7 : null,
  is_organization: n % 6 === 0,
  first_name: n % 7 === 0 ? null : `First ${n % 7}`,
  last_name: n % 9 === 0 ? undefined : `Last ${n % 9}`,
  organization_name: `Name ${n % 8}`,
  name: `Name ${n % 8}`,
  status: `Status ${n % 2}`,
  email: n % 10 === 0 ? '' : `Rep${n % 20}@Example.com`,
  phone: `+49 ${n % 15}`,
  mobile: n % 16 === 0 ? null : `+48 ${n % 16}`,
  address:
    n % 11 === 0
      ? null
      : { city: cities[n % 3], postal_code: `${n % 13}`, state: `S${n % 2}`, country: 'DE' },
  custom_fields: { 'a "name"': `${n % 3}`, count: n % 5, done: n % 2 === 0 },
})

const records: readonly SalesRecord[] = Array.from({ length: 150 }, (_, n) => ({
  id: 900 + n * 2,
  ownerId: n % 12 === 0 ? null : 11 + (n % 4),
  attributes: JSON.stringify(attributesOf(n)),
  point: null,
  verificationRadiusM: null,
  createdAt: start + ((n * 31) % 50),
  updatedAt: start + ((n * 17) % 40),
}))

const fits = (n: number, filter: RecordFilter): boolean => {
  const stored = attributesOf(n)
  const isFitting = {
    ids: filter.ids?.includes(900 + n * 2),
    creatorId: stored.creator_id === filter.creatorId,
    ownerId: records[n]?.ownerId === filter.ownerId,
    sourceId: stored.source_id === filter.sourceId,
    firstName: stored.first_name === filter.firstName,
    lastName: stored.last_name === filter.lastName,
    name: stored.name === filter.name,
    email: stored.email.toLowerCase() === filter.email?.toLowerCase(),
    phone: stored.phone === filter.phone,
    mobile: stored.mobile === filter.mobile,
    city: stored.address?.city === filter.city,
    postalCode: stored.address?.postal_code === filter.postalCode,
    state: stored.address?.state === filter.state,
    country: stored.address?.country === filter.country,
    status: stored.status === filter.status,
    customFields: Object.entries(filter.customFields ?? {}).every(([name, value]) =>
      Object.entries(stored.custom_fields).some(([own, is]) => own === name && `${is}` === value),
    ),
  }
  return Object.keys(filter).every((name) =>
    Object.entries(isFitting).some(([own, is]) => own === name && is),
  )
}

const sortKey = (n: number, field: RecordSort): string | number => {
  const stored = attributesOf(n)
  if (field === 'created_at') return records[n]?.createdAt ?? 0
  if (field === 'updated_at') return records[n]?.updatedAt ?? 0
  return field === 'id' ? n : (stored[field] ?? '')
}

function expected(filter: RecordFilter, field: RecordSort, descending: boolean): number[] {
  const sign = descending ? -1 : 1
  const order = (a: string | number, b: string | number) => (a < b ? -1 : Number(a > b))
  return records
    .map((_, n) => n)
    .filter((n) => fits(n, filter))
    .toSorted((a, b) => sign * (order(sortKey(a, field), sortKey(b, field)) || a - b))
    .map((n) => 900 + n * 2)
}

const filters: readonly RecordFilter[] = [
  {},
  { ids: [904, 900, 77, 960] },
  { creatorId: 12 },
  { ownerId: 13 },
  { sourceId: 2 },
  { firstName: 'First 3' },
  { lastName: 'Last 4' },
  { name: 'Name 5' },
  { email: 'REP7@example.com' },
  { phone: '+49 4' },
  { mobile: '+48 9' },
  { city: 'Łódź' },
  { postalCode: '5' },
  { state: 'S1' },
  { country: 'DE' },
  { country: 'FR' },
  { status: 'Status 1' },
  { customFields: { 'a "name"': '2' } },
  { customFields: { count: '3', done: 'true' } },
  { customFields: { "$'": '1' } },
]

const pairs = filters.flatMap((one, at) => filters.slice(at + 1).map((two) => ({ ...one, ...two })))
const sorts: readonly RecordSort[] = [
  'id',
  'created_at',
  'updated_at',
  'first_name',
  'last_name',
  'name',
]

export function describeRecords(open: OpenStore): void {
  let store: Store
  let account: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'Records')
    const other = await addAccount(store, 'Other')
    for (const to of [account, other]) {
      await store.write(to, (tx) => importRecords(tx.leads, records))
    }
    await store.write(account, (tx) => importRecords(tx.contacts, records))
  })
  afterAll(() => store[Symbol.asyncDispose]())

  async function idsOf(
    table: 'leads' | 'contacts',
    filter: RecordFilter,
    field: RecordSort,
    descending: boolean,
  ): Promise<number[]> {
    const ids: number[] = []
    for (let offset = 0; ; offset += 40) {
      const page = { offset, limit: 40, sort: { field, descending } }
      const { rows, hasMore } = await store[table].list(account, filter, page)
      ids.push(...rows.map(({ id }) => id))
      if (!hasMore) return ids
    }
  }

  it('lists every filter and every pair of filters in every total order (3.4, 9.1.2)', async () => {
    for (const filter of [...filters, ...pairs]) {
      for (const field of sorts) {
        const descending = JSON.stringify(filter).length % 2 === 0
        const ids = await idsOf('leads', filter, field, descending)
        const given = JSON.stringify({ filter, field, descending })
        expect(ids, given).toEqual(expected(filter, field, descending))
      }
    }
  })

  it('filters by attributes that only contacts have (9.1.2)', async () => {
    const of = (is: (n: number) => boolean) => records.flatMap(({ id }, n) => (is(n) ? id : []))
    const isFirm = (n: number) => n % 6 === 0
    const isOf7 = (n: number) => n % 5 === 0
    expect(await idsOf('contacts', { isOrganization: true }, 'id', false)).toEqual(of(isFirm))
    expect(await idsOf('contacts', { contactId: 7 }, 'id', false)).toEqual(of(isOf7))
    const both = { contactId: 7, isOrganization: false }
    const ids = await idsOf('contacts', both, 'id', false)
    expect(ids).toEqual(of((n) => isOf7(n) && !isFirm(n)))
  })

  it('finds the same inside a transaction', async () => {
    const filter = { city: 'Bonn', firstName: 'First 2' }
    const found = await store.write(account, (tx) => tx.leads.match(filter, 100))
    expect(found.map(({ id }) => id)).toEqual(expected(filter, 'id', false))
    const [one] = await store.write(account, (tx) => tx.leads.match(filter, 1))
    expect(one?.id).toBe(expected(filter, 'id', false)[0])
  })

  it('gives ids above those that were imported (1.10)', async () => {
    const base = records[0]
    if (!base) throw new Error('no records')
    await store.write(account, (tx) => tx.leads.save([{ ...base, id: 3_000_000_000 }]))
    const ids = await store.write(account, async (tx) => [
      await tx.leads.nextId(),
      await tx.leads.nextId(),
      await tx.contacts.nextId(),
    ])
    expect(ids).toEqual([3_000_000_001, 3_000_000_002, 2_000_000_000])
    await store.write(account, (tx) => tx.leads.remove(3_000_000_000, { by: null, at: 1 }))
  })

  it('stores sites in their order, and removes them with their record (9.1.2)', async () => {
    const site = { name: null, latitude: 1, longitude: 2, precision: 'pin' } as const
    const sites = [{ ...site, name: 'B' }, { ...site, name: 'A' }, site]
    const read = async () => (await store.leads.findSites(account, [902, 904])).get(902)
    await store.write(account, (tx) => tx.leads.saveSites(902, sites))
    expect(await read()).toEqual(sites)
    await store.write(account, (tx) => tx.leads.saveSites(902, sites.slice(1)))
    expect(await read()).toEqual(sites.slice(1))
    expect(await store.contacts.findSites(account, [902])).toEqual(new Map())
    await store.write(account, (tx) => tx.leads.remove(902, { by: null, at: 1 }))
    expect(await read()).toBeUndefined()
    expect((await store.write(account, (tx) => tx.leads.find([902]))).size).toBe(0)
  })

  it('stores who set a point, a site and a radius (7.2)', async () => {
    const there = await addAccount(store, 'Placed')
    const point = { latitude: 1, longitude: 2, precision: 'pin', placedBy: 14 } as const
    const sites = [{ name: 'A', ...point }]
    const radius = { verificationRadiusM: 120, radiusSetBy: 15 }
    const [base] = records
    if (!base) throw new Error('no records')
    const placed = { ...base, point, ...radius }
    await store.write(there, async (tx) => {
      await tx.contacts.save([placed])
      await tx.contacts.saveSites(placed.id, sites)
    })
    const page = { offset: 0, limit: 1, sort: { field: 'id', descending: false } } as const
    const { rows } = await store.contacts.list(there, {}, page)
    expect(rows).toEqual([placed])
    expect(await store.contacts.findSites(there, [placed.id])).toEqual(
      new Map([[placed.id, sites]]),
    )
    const found = await store.read(there, async ({ contacts }) => ({
      record: (await contacts.find([placed.id])).get(placed.id),
      visited: await contacts.findVisited(placed.id),
      sites: await contacts.findSites(placed.id),
    }))
    expect(found).toMatchObject({ record: placed, visited: { point, ...radius }, sites })
  })

  it('stores which records were deleted, separately by kind and account (A.7)', async () => {
    const ids = [906, 908]
    await store.write(account, (tx) => tx.leads.remove(906, { by: null, at: 1 }))
    const deleted = await store.write(account, async (tx) => [
      await tx.leads.findDeleted(ids),
      await tx.contacts.findDeleted(ids),
    ])
    expect(deleted).toEqual([new Set([906]), new Set()])
    const withdrawn = records.filter(({ id }) => id === 906)
    const again = await store.write(account, (tx) => importRecords(tx.leads, withdrawn))
    expect(again).toEqual(withdrawn.map(() => 'unchanged'))
    expect(withdrawn).toHaveLength(1)
  })

  it('leaves visits without an owner when their record is deleted (2.4)', async () => {
    await addVisits(store, account, world)
    const viewer = { userId: 99, isAdmin: false }
    const seen = () => walk(store, account, request({ viewer }))
    const base = records[1]
    if (!base) throw new Error('no records')
    await store.write(account, (tx) => tx.leads.save([{ ...base, id: 905, ownerId: 99 }]))
    const count = (await walk(store, account, request())).length
    expect((await seen()).length).toBeGreaterThan(0)
    await store.write(account, (tx) => tx.leads.remove(905, { by: null, at: 1 }))
    expect(await seen()).toEqual([])
    expect(await walk(store, account, request())).toHaveLength(count)
  })
}
