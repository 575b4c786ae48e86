import type { CustomerQuery } from '@doorstep/client/customers'
import type { Query } from '@doorstep/client/query'
import { etagOf } from '@doorstep/client/tags'
import type { Contact } from '@doorstep/contract/contacts'
import type { Customer, Deletion } from '@doorstep/contract/customers'
import type { Lead } from '@doorstep/contract/leads'
import { queryOptions } from '@tanstack/react-query'

import { texts } from '../texts/texts.ts'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'
import { renewPlaces } from './renew-places.ts'

export type { Customer, Deletion }
export type CustomerKind = Customer['resource_type']

/** A lead or contact, as the page names it. */
export interface CustomerKey {
  readonly type: CustomerKind
  readonly id: number
}

/** A name, or what is shown in the place of one. */
export const nameOf = ({ name }: Pick<Customer, 'name'>): string => name || texts.customers.noName

export type CustomerFilters = Omit<Query<CustomerQuery>, 'per_page' | 'cursor' | 'updated_since'>

/** More are not read into one list: whoever looks for one of more searches or filters. */
export const customersMax = 20_000
const perPage = 1_000

export interface CustomerList {
  readonly customers: readonly Customer[]
  /** Whether there are more than were read. */
  readonly isCut: boolean
}

/** All customers that the filters leave, so that they can be sorted by any column. */
export const customersQuery = (filters: CustomerFilters) =>
  queryOptions({
    queryKey: ['customers', 'list', filters],
    queryFn: async ({ signal }): Promise<CustomerList> => {
      // One that changes meanwhile may come again.
      const found = new Map<string, Customer>()
      const query = { ...filters, cursor: '', per_page: perPage }
      for await (const { items, meta } of client.customers.pages(query, { signal })) {
        for (const { data } of items) {
          if ('name' in data) found.set(`${data.resource_type} ${data.id}`, data)
        }
        if (found.size >= customersMax && meta.next_cursor !== undefined) {
          return { customers: [...found.values()], isCut: true }
        }
      }
      return { customers: [...found.values()], isCut: false }
    },
    refetchInterval: 60_000,
  })

const listKey = { queryKey: ['customers', 'list'] } as const

function findListed(key: CustomerKey): Customer | undefined {
  for (const [, list] of queryClient.getQueriesData<CustomerList>(listKey)) {
    const found = list?.customers.find((each) => isOf(each, key))
    if (found) return found
  }
  return undefined
}

/** More that were visited at once are shown with the next reading of the list. */
const readAgainMost = 10

/** Reads customers that are shown again, and nothing else of the lists in which they stand. */
export async function readCustomersAnew(keys: readonly CustomerKey[]): Promise<void> {
  for (const key of keys) {
    void queryClient.invalidateQueries({ queryKey: customerQuery(key).queryKey })
    void queryClient.invalidateQueries({ queryKey: recordQuery(key).queryKey })
  }
  const lists = queryClient.getQueriesData<CustomerList>({ ...listKey, type: 'active' })
  const isListed = (key: CustomerKey) =>
    lists.some(([, list]) => list?.customers.some((each) => isOf(each, key)))
  for (const key of keys.filter(isListed).slice(0, readAgainMost)) {
    try {
      const { data } = await client.customers.get(key.type, key.id)
      if ('name' in data) patchListed(data)
    } catch {
      // NOTE: the list is read again within a minute.
    }
  }
}

const isOf = ({ resource_type: type, id }: Customer, key: CustomerKey) =>
  id === key.id && type === key.type

function patchListed(customer: Customer): void {
  const key = { type: customer.resource_type, id: customer.id }
  queryClient.setQueriesData<CustomerList>(
    listKey,
    (list) =>
      list && {
        ...list,
        customers: list.customers.map((each) => (isOf(each, key) ? customer : each)),
      },
  )
}

/** A customer with its last visit, or how it was deleted. Throws NotFoundError. */
export const customerQuery = (key: CustomerKey) =>
  queryOptions({
    queryKey: ['customers', 'one', key.type, key.id],
    queryFn: async ({ signal }): Promise<Customer | Deletion> =>
      (await client.customers.get(key.type, key.id, { signal })).data,
    placeholderData: () => findListed(key),
  })

/** A lead or contact with all its attributes, and the tag that a change of it names. */
export interface KnownRecord {
  readonly data: Lead | Contact
  readonly tag: string | undefined
}

const recordsOf = (type: CustomerKind) => (type === 'lead' ? client.leads : client.contacts)

async function readRecord({ type, id }: CustomerKey, signal?: AbortSignal): Promise<KnownRecord> {
  const answer = await recordsOf(type).get(id, { include: 'location', signal })
  return { data: answer.data, tag: etagOf(answer) }
}

export const recordQuery = (key: CustomerKey) =>
  queryOptions({
    queryKey: ['customers', 'record', key.type, key.id],
    queryFn: ({ signal }) => readRecord(key, signal),
    placeholderData: () => undefined,
  })

/** Attributes that both leads and contacts have, and the names of either. */
export type RecordChange = Parameters<typeof client.leads.update>[1] &
  Parameters<typeof client.contacts.update>[1]

/** A record as it is at the server now. */
export const readAnew = (key: CustomerKey): Promise<KnownRecord> =>
  queryClient.fetchQuery({ ...recordQuery(key), staleTime: 0 })

async function write(key: CustomerKey, change: RecordChange, opened?: KnownRecord): Promise<void> {
  const { queryKey } = recordQuery(key)
  const known = opened ?? queryClient.getQueryData(queryKey) ?? (await readRecord(key))
  await recordsOf(key.type).update(key.id, change, { ifMatch: known.tag })
  queryClient.setQueryData(queryKey, await readRecord(key))
  void renewPlaces()
}

let writing: Promise<unknown> = Promise.resolve()

/**
 * Changes a record, one change after another, or the second would not know what the first has made of it.
 * Throws PreconditionFailedError if somebody else has changed it since it was `opened`, or was last read
 * here: what is live is renewed under a form that shows what was.
 */
export function updateRecord(
  key: CustomerKey,
  change: RecordChange,
  opened?: KnownRecord,
): Promise<void> {
  const next = writing.then(() => write(key, change, opened))
  writing = next.catch(() => {})
  return next
}

/** The share of verified ones among the visits that could be judged; null: none could. */
export const verifiedRateQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['visits', 'rate', type, id],
    queryFn: async ({ signal }) => {
      const query = { resource_type: type, resource_id: id, group_by: ['status' as const] }
      const { data } = await client.visitReports.get(query, { signal })
      return data.totals.verified_rate
    },
    placeholderData: () => undefined,
  })

/** When the first visit that the viewer sees was made; null: there is none. */
export const firstVisitQuery = ({ type, id }: CustomerKey) =>
  queryOptions({
    queryKey: ['visits', 'first', type, id],
    queryFn: async ({ signal }) => {
      const query = { resource_type: type, resource_id: id, per_page: 1 }
      const { items } = await client.visits.list({ ...query, sort_by: 'visited_at' }, { signal })
      return items[0]?.data.visited_at ?? null
    },
    placeholderData: () => undefined,
  })
