import { NetworkError } from '@doorstep/client/errors'
import type { Customer } from '@doorstep/contract/customers'

import { client } from '../api/client.ts'
import { basePath } from '../base-path.ts'
import { type Database, recordKey, type SyncState } from './database.ts'
import type { Fix } from './fixes.ts'

const recordsMax = 5_000
const nearM = 50_000
const pageSize = 1_000
const wholeMs = 24 * 3_600_000
const stateKey = 'records'

const isState = (value: unknown): value is SyncState =>
  typeof value === 'object' && value !== null && 'began' in value && 'wholeAt' in value

/** How far the customers on this phone are those of the server. */
export async function syncStateOf(database: Database): Promise<SyncState | null> {
  const state = await database.get('facts', stateKey)
  return isState(state) ? state : null
}

/**
 * Brings the customers on this phone up to date: one's own, and, if `place` is known, those within
 * 50 km, 5,000 in all. Once a day all are read, at other times what has changed. False: there is no
 * network.
 */
export async function syncRecords(
  database: Database,
  userId: number,
  place: Pick<Fix, 'latitude' | 'longitude'> | null,
): Promise<boolean> {
  const state = await syncStateOf(database)
  const isWhole = !state?.began || Date.now() - state.wholeAt > wholeMs
  try {
    const began = await serverTime()
    const read = new Map<string, Customer | null>()
    const since = isWhole || !state?.began ? {} : { updated_since: state.began }
    await walk(read, { owner_id: userId, ...since })
    if (place) {
      await walk(read, { near: [place.latitude, place.longitude, nearM], ...since })
    }
    await save(database, read, isWhole)
    await database.put(
      'facts',
      { began, wholeAt: isWhole ? Date.now() : (state?.wholeAt ?? 0) } satisfies SyncState,
      stateKey,
    )
    return true
  } catch (error) {
    // What `fetch` itself throws is a TypeError.
    if (error instanceof NetworkError || error instanceof TypeError) return false
    throw error
  }
}

/** The phone's own clock may be wrong by a day. */
async function serverTime(): Promise<string> {
  const { headers } = await fetch(`${basePath}/healthz`, { cache: 'no-store' })
  return new Date(headers.get('Date') ?? 0).toISOString()
}

type Filter = Parameters<typeof client.customers.each>[0]

async function walk(read: Map<string, Customer | null>, filter: Filter): Promise<void> {
  for await (const customer of client.customers.each({ ...filter, per_page: pageSize })) {
    const key = recordKey(customer.resource_type, customer.id)
    read.set(key, 'deleted' in customer ? null : customer)
    if (read.size >= recordsMax) return
  }
}

async function save(
  database: Database,
  read: ReadonlyMap<string, Customer | null>,
  isWhole: boolean,
): Promise<void> {
  const { store, done } = database.transaction('records', 'readwrite')
  if (isWhole) void store.clear()
  for (const [key, customer] of read) void (customer ? store.put(customer, key) : store.delete(key))
  await done
}
