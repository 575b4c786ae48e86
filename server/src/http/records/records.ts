import type { RecordPart } from '@doorstep/contract/records'

import type { RecordKind } from '../../domain/record-kinds.ts'
import type { RecordFilter, RecordSort } from '../../domain/records.ts'
import type { Store, Transaction } from '../../domain/store.ts'
import { findWritable, recordsOf, removeRecord } from '../../rules/records.ts'
import { type ExternalQuery, idsOf } from '../request/external-ids.ts'
import { writeOnce } from '../request/idempotency.ts'
import {
  idOf,
  notFound,
  orNotFound,
  type Params,
  writeCheckedObject,
  writeObject,
} from '../request/ids.ts'
import {
  collectionMeta,
  collectionOf,
  pageRequest,
  printItems,
  type SortedPageQuery,
} from '../request/pages.ts'
import { toTimeBounds } from '../request/time-ranges.ts'
import { type IncludedParts, printRecord, toAnswer } from './answers.ts'
import type { RecordBody } from './body.ts'
import { type AnyCall, findProblems, type Included, plan, save } from './saving.ts'
import { problemsOfUpsert, upsertRecord } from './upsert.ts'

interface ListOf {
  readonly filter: RecordFilter
  readonly sort: { readonly field: RecordSort; readonly descending: boolean }
}

/** Maps the queries of one kind of record to filters and sorting. */
interface QueryMapping<Query> {
  readonly toFilter: (query: Query) => RecordFilter
  readonly toSort: (query: Query) => ListOf['sort']
}

type QueryCall<Query> = AnyCall & { readonly query: Query }
type WriteCall<Query> = QueryCall<Query> & { readonly body: RecordBody }

/** The handlers of leads or of contacts, by operation, and the checks of their bodies. */
export function recordHandlers<
  Query extends SortedPageQuery & Included & ExternalQuery & Parameters<typeof toTimeBounds>[0],
>(kind: RecordKind, { toFilter, toSort }: QueryMapping<Query>) {
  return {
    list: async (call: QueryCall<Query>) => {
      const { query } = call
      const filter = {
        ...toFilter(query),
        ...toTimeBounds(query),
        ids: await idsOf(kind.name, call.store, call.actor.accountKey, query),
      }
      return listRecords(kind, call, { filter, sort: toSort(query) })
    },
    get: (call: QueryCall<Included>) => getRecord(kind, call, call.query),
    create: (call: WriteCall<Included>) => createRecord(kind, call, call.query, call.body),
    update: (call: WriteCall<Included>) => updateRecord(kind, call, call.query, call.body),
    upsert: (call: WriteCall<Query>) =>
      upsertRecord(kind, call, call.query, toFilter(call.query), call.body),
    delete: (call: AnyCall) => deleteRecord(kind, call),
    present: (tx: Transaction, { params }: { readonly params: Params }) =>
      presentRecord(kind, tx, idOf(params)),
    createChecks: {
      checkMoreOnRefusal: (call: AnyCall, body: RecordBody) => problemsOfCreate(kind, call, body),
    },
    updateChecks: {
      checkMoreOnRefusal: (call: AnyCall, body: RecordBody) => problemsOfUpdate(kind, call, body),
    },
    upsertChecks: {
      checkMoreOnRefusal: (call: QueryCall<Query>, body: RecordBody) =>
        problemsOfUpsert(kind, call, toFilter(call.query), body),
    },
  }
}

/** Every user may read all leads and contacts of the account (PROTOCOL 9.1.2). */
async function listRecords(
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

async function getRecord(kind: RecordKind, call: AnyCall, { include }: Included): Promise<string> {
  const { store, actor, params } = call
  const reads = readsOf(store, kind)
  const ids = [idOf(params)]
  const sort = { field: 'id', descending: false } as const
  const { rows } = await reads.list(actor.accountKey, { ids }, { offset: 0, limit: 1, sort })
  const [record] = rows
  if (!record) throw notFound(kind.name, params)
  return printRecord(kind, record, (await readParts(call, kind, ids, include))(record.id))
}

async function presentRecord(kind: RecordKind, tx: Transaction, id: number): Promise<string[]> {
  const records = recordsOf(tx, kind.name)
  const record = (await records.find([id])).get(id)
  if (!record) return []
  const sites = await records.findSites(id)
  const names = (await tx.externalIds.findNames(kind.name, [id])).get(id) ?? []
  return [{}, { sites }, { names }, { sites, names }].map((included) =>
    printRecord(kind, record, included),
  )
}

const createRecord = (
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

const updateRecord = (
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

async function deleteRecord(kind: RecordKind, call: AnyCall): Promise<undefined> {
  await writeObject(call, kind.name, (tx, id) =>
    removeRecord(tx, kind, call.actor, id, call.clock()),
  )
  return undefined
}

/** Problems that only the store can find. */
const problemsOfCreate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  call.store.read(call.actor.accountKey, (queries) =>
    findProblems(queries, kind, call, undefined, body),
  )

const problemsOfUpdate = (kind: RecordKind, call: AnyCall, body: RecordBody) =>
  orNotFound(kind.name, call.params, () =>
    call.store.read(call.actor.accountKey, async (queries) => {
      const before = await findWritable(queries, kind, call.actor, idOf(call.params))
      return findProblems(queries, kind, call, before, body)
    }),
  )

const readsOf = (store: Store, { name }: RecordKind) =>
  name === 'lead' ? store.leads : store.contacts
