import { NetworkError } from '@doorstep/client/errors'
import type { Customer } from '@doorstep/contract/customers'
import { distance } from 'geokdbush'

import { client } from '../api/client.ts'
import { basePath } from '../base-path.ts'
import { type Database, type LastPlace, recordKey, type SyncState } from './database.ts'

const recordsMax = 5_000
const nearM = 50_000
const pageSize = 1_000
const wholeMs = 24 * 3_600_000
/** Whoever has gone farther has others near. */
const movedKm = 10
const stateKey = 'records'
const placeKey = 'place'

const isState = (value: unknown): value is SyncState =>
  typeof value === 'object' && value !== null && 'began' in value && 'wholeAt' in value

/** How far the customers on this phone are those of the server. */
export async function syncStateOf(database: Database): Promise<SyncState | null> {
  const state = await database.get('facts', stateKey)
  return isState(state) ? state : null
}

const isPlace = (value: unknown): value is LastPlace =>
  typeof value === 'object' && value !== null && 'latitude' in value && 'longitude' in value

/** Where the phone was when it last looked; null: nobody knows. */
export async function lastPlaceOf(database: Database): Promise<LastPlace | null> {
  const place = await database.get('facts', placeKey)
  return isPlace(place) ? place : null
}

/** Remembers about where the phone is, for which customers are near. It is sent with no visit. */
export async function keepLastPlace(database: Database, place: LastPlace): Promise<void> {
  const rounded = (degrees: number): number => Math.round(degrees * 100) / 100
  const { latitude, longitude } = place
  const kept: LastPlace = { latitude: rounded(latitude), longitude: rounded(longitude) }
  await database.put('facts', kept, placeKey)
}

function hasMoved(before: LastPlace | null, place: LastPlace | null): boolean {
  if (!place) return false
  if (!before) return true
  const km = distance(before.longitude, before.latitude, place.longitude, place.latitude)
  return km > movedKm
}

/** Whether those near were read for somewhere else. */
export async function isElsewhere(database: Database, place: LastPlace): Promise<boolean> {
  return hasMoved((await syncStateOf(database))?.place ?? null, place)
}

/**
 * Brings the customers on this phone up to date: one's own, and, if `place` is known, those within
 * 50 km, 5,000 in all. Once a day and somewhere else all are read, at other times what has changed.
 * False: there is no network.
 */
export async function syncRecords(
  database: Database,
  userId: number,
  place: LastPlace | null,
): Promise<boolean> {
  const state = await syncStateOf(database)
  const isWhole =
    !state?.began || Date.now() - state.wholeAt > wholeMs || hasMoved(state.place ?? null, place)
  try {
    const began = await serverTime()
    const read = new Map<string, Customer | null>()
    const since = isWhole || !state?.began ? {} : { updated_since: state.began }
    await walk(read, { owner_id: userId, ...since })
    if (place) {
      await walk(read, { near: [place.latitude, place.longitude, nearM], ...since })
    }
    await save(database, read, isWhole)
    const next: SyncState = isWhole ? { began, wholeAt: Date.now(), place } : { ...state, began }
    await database.put('facts', next, stateKey)
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
