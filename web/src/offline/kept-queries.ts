import type { Query, QueryKey } from '@tanstack/react-query'

import { queryClient } from '../api/query-client.ts'
import type { Database } from './database.ts'

const prefix = 'query '
const all = () => IDBKeyRange.bound(prefix, `${prefix}\uffff`)
const keptMs = 30 * 24 * 3_600_000

interface KeptQuery {
  readonly queryKey: QueryKey
  readonly data: unknown
  /** When the server answered, in ms. */
  readonly at: number
}

const isKept = (value: unknown): value is KeptQuery =>
  typeof value === 'object' &&
  value !== null &&
  'queryKey' in value &&
  Array.isArray(value.queryKey) &&
  'data' in value &&
  'at' in value &&
  typeof value.at === 'number'

/**
 * Shows what queries with `meta: { isKept: true }` last answered on this phone, and keeps what they
 * answer from now on: so their screens have something to show without a network. The result ends it.
 */
export async function keepQueries(database: Database): Promise<() => void> {
  for (const value of await database.getAll('facts', all())) if (isKept(value)) restore(value)
  await forgetOld(database)
  const queries = queryClient.getQueryCache()
  const end = queries.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    if (event.query.meta?.isKept === true) void keep(database, event.query)
  })
  // The first screen's were answered before there was a database to keep them in.
  for (const query of queries.getAll()) {
    const { status, isInvalidated } = query.state
    const isAnswered = status === 'success' && !isInvalidated
    if (query.meta?.isKept === true && isAnswered) void keep(database, query)
  }
  return end
}

function restore({ queryKey, data, at }: KeptQuery): void {
  const known = queryClient.getQueryState(queryKey)
  if (known && known.dataUpdatedAt >= at) return
  queryClient.setQueryDefaults(queryKey, { gcTime: Number.POSITIVE_INFINITY })
  queryClient.setQueryData(queryKey, data, { updatedAt: at })
  // Others may have changed it since then, however recent it is: it is read again when it is shown.
  void queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
}

async function keep(database: Database, { queryHash, queryKey, state }: Query): Promise<void> {
  const kept: KeptQuery = { queryKey, data: state.data, at: state.dataUpdatedAt }
  try {
    await database.put('facts', kept, prefix + queryHash)
  } catch (error) {
    console.warn('Not kept for later:', error)
  }
}

async function forgetOld(database: Database): Promise<void> {
  const transaction = database.transaction('facts', 'readwrite')
  for await (const cursor of transaction.store.iterate(all())) {
    const { value } = cursor
    if (!isKept(value) || Date.now() - value.at > keptMs) await cursor.delete()
  }
  await transaction.done
}
