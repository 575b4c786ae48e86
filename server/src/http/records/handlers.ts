import type { RecordKind } from '../../domain/record-kinds.ts'
import type { RecordFilter } from '../../domain/records.ts'
import type { PageQuery } from '../request/pages.ts'
import {
  type AnyCall,
  createRecord,
  deleteRecord,
  getRecord,
  type Included,
  listRecords,
  type ListOf,
  problemsOfCreate,
  problemsOfUpdate,
  problemsOfUpsert,
  type RecordBody,
  updateRecord,
  upsertRecord,
} from './records.ts'

/** How the queries of one kind are understood. */
interface Reading<Query> {
  readonly toFilter: (query: Query) => RecordFilter
  readonly toSort: (query: Query) => ListOf['sort']
}

type Asking<Query> = AnyCall & { readonly query: Query }
type ReadContext<Query> = Asking<Query> & { readonly body: RecordBody }

/** The handlers of leads or of contacts, and the checks of their bodies. */
export function recordHandlers<
  Query extends PageQuery & Included & { readonly ids?: readonly number[] },
>(kind: RecordKind, { toFilter, toSort }: Reading<Query>) {
  return {
    list: (call: Asking<Query>) => {
      const { query } = call
      const filter = { ...toFilter(query), ids: query.ids }
      return listRecords(kind, call, query, { filter, sort: toSort(query) })
    },
    get: (call: Asking<Included>) => getRecord(kind, call, call.query),
    create: (call: ReadContext<Included>) => createRecord(kind, call, call.query, call.body),
    update: (call: ReadContext<Included>) => updateRecord(kind, call, call.query, call.body),
    upsert: (call: ReadContext<Query>) =>
      upsertRecord(kind, call, call.query, toFilter(call.query), call.body),
    delete: (call: AnyCall) => deleteRecord(kind, call),
    createChecks: {
      checkMoreOnRefusal: (call: AnyCall, body: RecordBody) => problemsOfCreate(kind, call, body),
    },
    updateChecks: {
      checkMoreOnRefusal: (call: AnyCall, body: RecordBody) => problemsOfUpdate(kind, call, body),
    },
    upsertChecks: {
      checkMoreOnRefusal: (call: Asking<Query>, body: RecordBody) =>
        problemsOfUpsert(kind, call, toFilter(call.query), body),
    },
  }
}
