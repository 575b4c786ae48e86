import type { Operation } from '@doorstep/contract/operations'
import type { RecordPart } from '@doorstep/contract/records'

import type { RecordKind } from '../../domain/record-kinds.ts'
import type { RecordFilter, RecordSort, SalesRecord } from '../../domain/records.ts'
import type { Queries, Store, Transaction } from '../../domain/store.ts'
import {
  findWritable,
  planRecord,
  type RecordPlan,
  recordsOf,
  removeRecord,
  saveRecord,
} from '../../rules/records.ts'
import { type Problem, throwProblems, fieldProblem } from '../errors.ts'
import type { Call } from '../request/call.ts'
import { writeOnce } from '../request/idempotency.ts'
import { idOf, notFound, orNotFound, writeCheckedObject, writeObject } from '../request/ids.ts'
import {
  collectionMeta,
  collectionOf,
  pageRequest,
  printItems,
  type SortedPageQuery,
} from '../request/pages.ts'
import { type IncludedParts, printRecord, toAnswer } from './answers.ts'
import { type RecordBody, toChange } from './body.ts'

export type AnyCall = Omit<Call<Operation>, 'query' | 'body'>

export interface Included {
  readonly include?: readonly RecordPart[]
}

export interface ListOf {
  readonly filter: RecordFilter
  readonly sort: { readonly field: RecordSort; readonly descending: boolean }
}

/** Every user may read all leads and contacts of the account (PROTOCOL 9.1.2). */
export async function listRecords(
  kind: RecordKind,
  call: AnyCall & { readonly query: SortedPageQuery & Included },
  { filter, sort }: ListOf,
): Promise<string> {
  const { store, actor, query } = call
  const reads = readsOf(store, kind)
  const request = pageRequest(call, sort)
  const page = await reads.list(actor.accountKey, filter, request)
  const { rows } = page
  const ids = rows.map(({ id }) => id)
  const partsOf = await readParts(call, kind, ids, query.include)
  const answers = rows.map((record) => toAnswer(kind, record, partsOf(record.id)))
  const meta = collectionMeta(call, request, rows.length, page)
  return collectionOf(printItems(kind.name, answers), meta)
}

/** What each of the records includes. */
async function readParts(
  { store, actor }: Pick<AnyCall, 'store' | 'actor'>,
  kind: RecordKind,
  ids: readonly number[],
  include: readonly RecordPart[] = [],
): Promise<(id: number) => IncludedParts> {
  const account = actor.accountKey
  const sites = include.includes('location')
    ? await readsOf(store, kind).findSites(account, ids)
    : undefined
  const names = include.includes('external_ids')
    ? await store.externalIds.findNames(account, kind.name, ids)
    : undefined
  return (id) => ({
    ...(sites && { sites: sites.get(id) ?? [] }),
    ...(names && { names: names.get(id) ?? [] }),
  })
}

export async function getRecord(
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
): Promise<string> {
  const { store, actor, params } = call
  const reads = readsOf(store, kind)
  const ids = [idOf(params)]
  const sort = { field: 'id', descending: false } as const
  const { rows } = await reads.list(actor.accountKey, { ids }, { offset: 0, limit: 1, sort })
  const [record] = rows
  if (!record) throw notFound(kind.name, params)
  return printRecord(kind, record, (await readParts(call, kind, ids, include))(record.id))
}

export async function presentRecord(
  kind: RecordKind,
  tx: Transaction,
  id: number,
): Promise<string[]> {
  const records = recordsOf(tx, kind.name)
  const record = (await records.find([id])).get(id)
  if (!record) return []
  const sites = await records.findSites(id)
  const names = (await tx.externalIds.findNames(kind.name, [id])).get(id) ?? []
  return [{}, { sites }, { names }, { sites, names }].map((included) =>
    printRecord(kind, record, included),
  )
}

export const createRecord = (
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  body: RecordBody,
): Promise<string> =>
  writeOnce(
    call,
    (queries) => plan(queries, kind, call, undefined, body),
    (tx, planned) => save(tx, kind, call, planned, include),
  )

export const updateRecord = (
  kind: RecordKind,
  call: AnyCall,
  { include }: Included,
  body: RecordBody,
): Promise<string> =>
  writeCheckedObject(
    call,
    kind.name,
    async (queries, id) =>
      plan(queries, kind, call, await findWritable(queries, kind, call.actor, id), body),
    (tx, _id, planned) => save(tx, kind, call, planned, include),
  )

export async function deleteRecord(kind: RecordKind, call: AnyCall): Promise<undefined> {
  await writeObject(call, kind.name, (tx, id) =>
    removeRecord(tx, kind, call.actor, id, call.clock()),
  )
  return undefined
}

/** Problems that only the store can find. */
export const problemsOfCreate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  call.store.read(call.actor.accountKey, (queries) =>
    findProblems(queries, kind, call, undefined, body),
  )

export const problemsOfUpdate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  orNotFound(kind.name, call.params, () =>
    call.store.read(call.actor.accountKey, async (queries) => {
      const before = await findWritable(queries, kind, call.actor, idOf(call.params))
      return findProblems(queries, kind, call, before, body)
    }),
  )

/** What is to be saved. Throws the problems of the body. */
export async function plan(
  queries: Queries,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
): Promise<RecordPlan> {
  const planned = await planRecord(queries, kind, actor, before, toChange(body), clock())
  throwProblems(toProblems(kind, planned.problems))
  return planned
}

export async function save(
  tx: Transaction,
  kind: RecordKind,
  { actor }: Pick<AnyCall, 'actor'>,
  planned: RecordPlan,
  include: readonly RecordPart[] = [],
): Promise<string> {
  const record = await saveRecord(tx, kind, actor, planned)
  const { id } = record
  return printRecord(kind, record, {
    ...(include.includes('location') && {
      sites: await recordsOf(tx, kind.name).findSites(id),
    }),
    ...(include.includes('external_ids') && {
      names: (await tx.externalIds.findNames(kind.name, [id])).get(id) ?? [],
    }),
  })
}

export async function findProblems(
  queries: Queries,
  kind: RecordKind,
  { actor, clock }: AnyCall,
  before: SalesRecord | undefined,
  body: RecordBody,
): Promise<Problem[]> {
  const { problems } = await planRecord(queries, kind, actor, before, toChange(body), clock())
  return toProblems(kind, problems)
}

const toProblems = ({ name }: RecordKind, problems: RecordPlan['problems']): Problem[] =>
  problems.map(({ field, code, why }) => fieldProblem(name, field, code, why))

const readsOf = (store: Store, { name }: RecordKind) =>
  name === 'lead' ? store.leads : store.contacts
