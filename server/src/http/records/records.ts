import type { Operation } from '@doorstep/contract/operations'
import type { Location } from '@doorstep/contract/records'

import { printSeconds } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import {
  creatorOf,
  keptAttributes,
  readAttributes,
  type RecordKind,
} from '../../domain/record-kinds.ts'
import type { RecordFilter, RecordSite, RecordSort, SalesRecord } from '../../domain/records.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import {
  findWritable,
  planRecord,
  type RecordChange,
  recordsOf,
  removeRecord,
  saveRecord,
} from '../../rules/record-changes.ts'
import { ApiError, type Problem, resourceNotFound, throwProblems } from '../errors.ts'
import { fieldProblem } from '../request/body.ts'
import type { Call } from '../request/call.ts'
import { writeOnce } from '../request/idempotency.ts'
import { collectionOf, type PageQuery, pageLinks, printItems } from '../request/pages.ts'

export type AnyCall = Omit<Call<Operation>, 'query' | 'body'>

export interface Included {
  readonly include?: 'location'
}

/** What leads and contacts are written with. */
export type RecordBody = Location & Readonly<Record<string, unknown>>

export interface ListOf {
  readonly filter: RecordFilter
  readonly sort: { readonly field: RecordSort; readonly descending: boolean }
}

/** `GET /v2/leads`, `GET /v2/contacts`: every user reads all of the account's (PROTOCOL 9.1). */
export async function listRecords(
  kind: RecordKind,
  { store, actor, origin }: AnyCall,
  query: PageQuery & Included,
  { filter, sort }: ListOf,
): Promise<string> {
  const { page = 1, per_page: limit = 25 } = query
  const reads = readsOf(store, kind)
  const request = { offset: (page - 1) * limit, limit, sort }
  const { rows, hasMore } = await reads.list(actor.accountKey, filter, request)
  const links = pageLinks(`${origin}/v2/${kind.name}s`, query, hasMore)
  const sites = query.include && (await reads.findSites(actor.accountKey, rows.map(idOf)))
  const answers = rows.map((record) =>
    toAnswer(kind, record, sites && (sites.get(record.id) ?? [])),
  )
  return collectionOf(printItems(kind.name, answers), rows.length, links)
}

export async function getRecord(
  kind: RecordKind,
  { store, actor, params }: AnyCall,
  { include }: Included,
): Promise<string> {
  const reads = readsOf(store, kind)
  const ids = [givenId(params)]
  const sort = { field: 'id', descending: false } as const
  const { rows } = await reads.list(actor.accountKey, { ids }, { offset: 0, limit: 1, sort })
  const [record] = rows
  if (!record) throw notFound(kind, params)
  const sites = include && (await reads.findSites(actor.accountKey, ids))
  return printOne(kind, record, sites && (sites.get(record.id) ?? []))
}

export const createRecord = (
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  body: RecordBody,
): Promise<string> => writeOnce(call, (tx) => write(tx, kind, call, undefined, body, include))

export const updateRecord = (
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  body: RecordBody,
): Promise<string> =>
  orNotFound(kind, call, () =>
    call.store.write(call.actor.accountKey, async (tx) => {
      const before = await findWritable(tx, kind, call.actor, givenId(call.params))
      return write(tx, kind, call, before, body, include)
    }),
  )

/** Updates the one record that the filters find, or creates one where they find none. */
export async function upsertRecord(
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  filter: RecordFilter,
  body: RecordBody,
): Promise<string> {
  return writeOnce(call, async (tx) => {
    const before = await findMatch(tx, kind, call, filter)
    return write(tx, kind, call, before, body, include)
  })
}

export async function deleteRecord(kind: RecordKind, call: AnyCall): Promise<undefined> {
  const { store, actor, params } = call
  await orNotFound(kind, call, () =>
    store.write(actor.accountKey, (tx) => removeRecord(tx, kind, actor, givenId(params))),
  )
  return undefined
}

/** What the store knows to be wrong, beside what the schema has found. */
export const problemsOfCreate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  call.store.preview(call.actor.accountKey, (tx) => findProblems(tx, kind, call, undefined, body))

export const problemsOfUpdate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  orNotFound(kind, call, () =>
    call.store.preview(call.actor.accountKey, async (tx) => {
      const before = await findWritable(tx, kind, call.actor, givenId(call.params))
      return findProblems(tx, kind, call, before, body)
    }),
  )

export const problemsOfUpsert = (
  kind: RecordKind,
  call: AnyCall,
  filter: RecordFilter,
  body: RecordBody,
) =>
  call.store.preview(call.actor.accountKey, async (tx) =>
    findProblems(tx, kind, call, await findMatch(tx, kind, call, filter), body),
  )

async function write(
  tx: Transaction,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
  include: 'location' | undefined,
): Promise<string> {
  const plan = await planRecord(tx, kind, actor, before, toChange(body), clock())
  throwProblems(toProblems(kind, plan.problems))
  const record = await saveRecord(tx, kind, plan)
  const sites = include && (await recordsOf(tx, kind).findSites(record.id))
  return printOne(kind, record, sites)
}

async function findProblems(
  tx: Transaction,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
): Promise<Problem[]> {
  const { problems } = await planRecord(tx, kind, actor, before, toChange(body), clock())
  return toProblems(kind, problems)
}

const toProblems = (
  { name }: RecordKind,
  problems: Awaited<ReturnType<typeof planRecord>>['problems'],
): Problem[] => problems.map(({ field, code, why }) => fieldProblem(name, field, code, why))

async function findMatch(
  tx: Transaction,
  kind: RecordKind,
  { actor }: AnyCall,
  filter: RecordFilter,
): Promise<SalesRecord | undefined> {
  if (Object.values(filter).every((value) => value === undefined)) throw noFilter
  const [match, ...others] = await recordsOf(tx, kind).match(filter, 2)
  if (others.length > 0) throw ambiguous(kind)
  return match && findWritable(tx, kind, actor, match.id)
}

const noFilter = new ApiError([
  {
    code: 'invalid_param',
    message: 'invalid request query parameter',
    details: 'Give at least one filter in the query, as in ?email=ann@example.com.',
  },
])

const ambiguous = ({ name }: RecordKind): ApiError =>
  new ApiError([
    {
      resource: name,
      code: 'incorrect_value',
      message: 'attribute value is incorrect',
      details: `The filters find several ${name}s, and nothing was changed. Add filters, or PUT one.`,
    },
  ])

function toChange(body: RecordBody): RecordChange {
  const { latitude, longitude, location_precision, verification_radius_m, sites, ...rest } = body
  return {
    attributes: rest,
    latitude,
    longitude,
    precision: location_precision,
    verificationRadiusM: verification_radius_m,
    sites: sites?.map((site) => ({
      name: site.name ?? null,
      latitude: site.latitude,
      longitude: site.longitude,
      precision: site.location_precision ?? 'pin',
    })),
  }
}

/** Keys in the order of the incumbent; times in whole seconds (PROTOCOL 1.7). */
function toAnswer(kind: RecordKind, record: SalesRecord, sites: readonly RecordSite[] | undefined) {
  const kept = keptAttributes(record)
  return {
    id: record.id,
    creator_id: creatorOf(kept),
    owner_id: record.ownerId,
    ...readAttributes(kind, kept),
    created_at: printSeconds(record.createdAt),
    updated_at: printSeconds(record.updatedAt),
    ...(sites && toLocation(record, sites)),
  }
}

const toLocation = (
  { point, verificationRadiusM }: SalesRecord,
  sites: readonly RecordSite[],
): Required<Location> => ({
  latitude: point?.latitude ?? null,
  longitude: point?.longitude ?? null,
  location_precision: point?.precision ?? null,
  verification_radius_m: verificationRadiusM,
  sites: sites.map(({ name, latitude, longitude, precision }) => ({
    name,
    latitude,
    longitude,
    location_precision: precision,
  })),
})

const printOne = (
  kind: RecordKind,
  record: SalesRecord,
  sites: readonly RecordSite[] | undefined,
): string => JSON.stringify({ data: toAnswer(kind, record, sites), meta: { type: kind.name } })

const readsOf = (store: Store, { name }: RecordKind) =>
  name === 'lead' ? store.leads : store.contacts

const idOf = ({ id }: SalesRecord): number => id

const givenId = ({ id = '' }: AnyCall['params']): number => (/^\d{1,16}$/.test(id) ? Number(id) : 0)

const notFound = ({ name }: RecordKind, { id = '' }: AnyCall['params']): ApiError =>
  resourceNotFound(name, id.slice(0, 100))

async function orNotFound<Result>(
  kind: RecordKind,
  { params }: AnyCall,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isAbsent = error instanceof DomainError && error.code === 'not_found'
    throw isAbsent ? notFound(kind, params) : error
  }
}
