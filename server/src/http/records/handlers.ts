import type { RecordKind } from '../../domain/record-kinds.ts'
import type { RecordFilter } from '../../domain/records.ts'
import type { Transaction } from '../../domain/store.ts'
import { type ExternalQuery, idsOf } from '../request/external-ids.ts'
import { idOf, type Params } from '../request/ids.ts'
import type { SortedPageQuery } from '../request/pages.ts'
import { toTimeBounds } from '../request/time-ranges.ts'
import type { RecordBody } from './body.ts'
import {
  type AnyCall,
  createRecord,
  deleteRecord,
  getRecord,
  type Included,
  listRecords,
  type ListOf,
  presentRecord,
  problemsOfCreate,
  problemsOfUpdate,
  updateRecord,
} from './records.ts'
import { problemsOfUpsert, upsertRecord } from './upsert.ts'

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
