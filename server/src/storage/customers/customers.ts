import { setImmediate } from 'node:timers/promises'

import {
  type Customer,
  type CustomerFilter,
  type CustomerKey,
  type CustomerPage,
  type CustomerReads,
  type CustomerRequest,
  customerSources,
  type DeletedCustomer,
} from '../../domain/customers.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import { areMatching, type WordQuery } from '../../domain/words.ts'
import type { Database, Reader } from '../database.ts'
import { findDeletion } from '../records/queries.ts'
import { resourceKinds, tableOf } from '../schema.ts'
import { findWords } from '../search/matches.ts'
import { requireComplete } from '../search/search.ts'
import { findLastVisits, seenBy, type SeenVisits, type Visited } from '../visits/last-visits.ts'
import { describeCustomers } from './describe.ts'
import { planWalk, walkKeys } from './walk.ts'

/** Rows to read at once where some of them may not match. */
const partMax = 400

export const customerReads = (database: Database): CustomerReads => ({
  list: (account, request) => database.read((reader) => listCustomers(reader, account, request)),
  find: (account, kind, id, viewer) =>
    database.read(async (reader) => {
      const [found] = await describeCustomers(reader, account, kind, [id], seenBy(viewer))
      if (found) return found
      const table = tableOf(kind)
      const deletion = await findDeletion(reader, account, table, id)
      return deletion && { kind, id, isDeleted: true, ...deletion }
    }),
})

async function listCustomers(
  reader: Reader,
  account: number,
  { filter, viewer, limit, after }: CustomerRequest,
): Promise<CustomerPage> {
  if (filter.query) await requireComplete(reader, account)
  const walk = await planWalk(reader, account, filter)
  const seen = seenBy(viewer)
  const query = walk.areWordsFound ? undefined : filter.query
  const isWhole =
    filter.unvisitedSince === undefined && filter.outcomeId === undefined && query === undefined
  const count = isWhole ? limit + 1 : partMax
  const found: CustomerKey[] = []
  for await (const part of walkKeys(reader, account, walk, after, count)) {
    const kept = isWhole
      ? part
      : await keepMatching(reader, account, part, { ...filter, query }, seen)
    found.push(...kept)
    if (found.length > limit) break
    // NOTE: a walk past many rows must not keep other requests waiting.
    await setImmediate()
  }
  const keys = found.slice(0, limit)
  const rows = await describe(reader, account, keys, seen)
  return { rows, next: found.length > limit ? keys.at(-1) : undefined }
}

/** Those whose last visit and words are what is asked for. Deletions are kept. */
async function keepMatching(
  reader: Reader,
  account: number,
  keys: readonly CustomerKey[],
  filter: CustomerFilter,
  seen: SeenVisits,
): Promise<readonly CustomerKey[]> {
  const kept = new Set<CustomerKey>(keys.filter((key) => kindOf(key) === undefined))
  for (const kind of resourceKinds) {
    const ofKind = keys.filter((key) => kindOf(key) === kind)
    const ids = ofKind.map(({ id }) => id)
    const worded = await idsWith(reader, account, kind, ids, filter.query)
    const visits = await findLastVisits(reader, account, kind, worded, seen)
    const matching = new Set(worded.filter((id) => fits(visits.get(id), filter)))
    for (const key of ofKind) if (matching.has(key.id)) kept.add(key)
  }
  return keys.filter((key) => kept.has(key))
}

async function idsWith(
  reader: Reader,
  account: number,
  kind: ResourceKind,
  ids: readonly number[],
  query: WordQuery | undefined,
): Promise<readonly number[]> {
  if (!query) return ids
  const found = await findWords(reader, account, kind, ids)
  return found.flatMap(({ id, words }) => (areMatching(words, query) ? id : []))
}

const fits = (
  visited: Visited | undefined,
  { unvisitedSince, outcomeId }: CustomerFilter,
): boolean =>
  (unvisitedSince === undefined || !visited || visited.last.at < unvisitedSince) &&
  (outcomeId === undefined || visited?.last.outcomeId === outcomeId)

/** undefined: the record is deleted. */
const kindOf = ({ source }: CustomerKey): ResourceKind | undefined => resourceKinds[source]

async function describe(
  reader: Reader,
  account: number,
  keys: readonly CustomerKey[],
  seen: SeenVisits,
): Promise<(Customer | DeletedCustomer)[]> {
  const customers = new Map<string, Customer>()
  for (const kind of resourceKinds) {
    const ids = keys.flatMap((key) => (kindOf(key) === kind ? key.id : []))
    for (const customer of await describeCustomers(reader, account, kind, ids, seen)) {
      customers.set(`${kind} ${customer.id}`, customer)
    }
  }
  return keys.flatMap(({ source, id }): (Customer | DeletedCustomer)[] => {
    const kind = customerSources[source]
    if (kind === 'deleted lead') return [{ kind: 'lead', id, isDeleted: true }]
    if (kind === 'deleted contact') return [{ kind: 'contact', id, isDeleted: true }]
    const customer = customers.get(`${kind} ${id}`)
    return customer ? [customer] : []
  })
}
