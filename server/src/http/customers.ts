import type * as contract from '@doorstep/contract/customers'
import { perPageDefault, perPageMax } from '@doorstep/contract/limits'

import { parseTime, printMillis, printSeconds } from '../domain/clock.ts'
import {
  type Customer,
  type CustomerFilter,
  type CustomerKey,
  type DeletedCustomer,
  orderOf,
} from '../domain/customers.ts'
import type { ResourceKind } from '../domain/visits.ts'
import { ApiError, invalidParameter } from './errors.ts'
import type { Call, Handler } from './request/call.ts'
import { customerIdsOf } from './request/external-ids.ts'
import { type FilterReaders, type OfEveryList, readFilter } from './request/filter-readers.ts'
import { idOf, notFound } from './request/ids.ts'
import { answerPart, openCursor, printItem, sealCursor } from './request/pages.ts'
import { readWords } from './search.ts'
import { toBox, toCircle } from './visits/filters.ts'

type CustomersCall = Call<typeof contract.listCustomers>

export const listCustomers: Handler<typeof contract.listCustomers> = async (call) => {
  const { actor, query, store } = call
  const { cursor, per_page: limit = perPageDefault } = query
  if (cursor === undefined && limit > perPageMax) {
    throw invalid('per_page', `must be between 1 and ${perPageMax} without a cursor`, limit)
  }
  const ids = await customerIdsOf(store, actor.accountKey, query)
  const filter = { ...toFilter(query), ids }
  const sort = { field: orderOf(filter), descending: false }
  const { rows, next } = await store.customers.list(actor.accountKey, {
    filter,
    viewer: actor,
    limit,
    after: readCursor(call, sort),
  })
  const nextCursor = next && sealCursor(call, sort, [next.at, next.source, next.id])
  return answerPart(call, 'customer', rows.map(toAnswer), nextCursor)
}

export const getCustomer: Handler<typeof contract.getCustomer> = async (call) => {
  const { actor, params, store } = call
  const kind = oneOfKinds(params['resource_type'])
  const found = kind && (await store.customers.find(actor.accountKey, kind, idOf(params), actor))
  if (!found) throw notFound('customer', params)
  if (!('isDeleted' in found)) return printItem('customer', toAnswer(found))
  const deletion: contract.Deletion = {
    resource_type: found.kind,
    id: found.id,
    deleted: true,
    deleted_by: found.by,
    deleted_at: found.at === null ? null : printSeconds(found.at),
  }
  return printItem('customer', deletion)
}

const oneOfKinds = (text: string | undefined): ResourceKind | undefined =>
  text === 'lead' || text === 'contact' ? text : undefined

function readCursor(
  call: CustomersCall,
  sort: Parameters<typeof openCursor>[1],
): CustomerKey | undefined {
  const place = openCursor(call, sort, call.query.cursor ?? '')
  if (!place) return undefined
  const [at = 0, source = 0, id = 0] = place.map(Number)
  return { at, source, id }
}

const filterReaders: FilterReaders<CustomersCall['query'], OfEveryList, CustomerFilter> = {
  near: ({ near }) => ({ near: near && toCircle(near) }),
  bbox: ({ bbox }) => ({ box: bbox && toBox(bbox) }),
  owner_id: ({ owner_id: ownerId }) => ({ ownerId }),
  below: ({ below }) => ({ below }),
  unvisited_since: ({ unvisited_since: since }) => ({ unvisitedSince: toTime(since) }),
  outcome_id: ({ outcome_id: outcomeId }) => ({ outcomeId }),
  updated_since: ({ updated_since: since }) => ({ changedSince: toTime(since) }),
  q: ({ q }) => ({ query: q === undefined ? undefined : readWords(q) }),
}

const toFilter = (query: CustomersCall['query']): CustomerFilter =>
  readFilter(Object.values(filterReaders), query)

const toTime = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseTime(text)

const invalid = (name: string, why: string, given: string | number): ApiError =>
  new ApiError([invalidParameter(name, `${why}, given: ${given}`)])

const toAnswer = (row: Customer | DeletedCustomer): contract.Customer | contract.DeletedCustomer =>
  'isDeleted' in row
    ? { resource_type: row.kind, id: row.id, deleted: true }
    : {
        resource_type: row.kind,
        id: row.id,
        name: row.name,
        address: row.address,
        latitude: row.latitude,
        longitude: row.longitude,
        radius_m: row.radiusM,
        owner_id: row.ownerId,
        sites: row.sites.map(({ name, latitude, longitude, precision }) => ({
          name,
          latitude,
          longitude,
          location_precision: precision,
        })),
        last_visit: row.lastVisit && {
          id: row.lastVisit.id,
          at: printMillis(row.lastVisit.at),
          outcome_id: row.lastVisit.outcomeId,
          status: row.lastVisit.status,
        },
        visits_count: row.visitsCount,
        visit_every_days: row.visitEveryDays,
        due_at: row.dueAt === null ? null : printSeconds(row.dueAt),
      }
