import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { readLastSession } from '../api/last-session.ts'
import { queryClient } from '../api/query-client.ts'
import type { SyncState } from './database.ts'
import { keepOutcomes, recallOutcomes } from './known-outcomes.ts'
import { phoneStore, type PhoneStore } from './phone.ts'
import { lastPlaceOf, syncRecords, syncStateOf } from './records.ts'
import { usePhoneStore } from './use-outbox.ts'

const everyMs = 15 * 60_000
const recordsKey = ['phone_records'] as const

export interface PhoneRecords {
  readonly customers: readonly Customer[]
  /** How old they are; null: they were never read. */
  readonly state: SyncState | null
}

async function readRecords(): Promise<PhoneRecords> {
  const { database } = await phoneStore()
  await recallOutcomes(database)
  const [customers, state] = await Promise.all([database.getAll('records'), syncStateOf(database)])
  return { customers, state }
}

/** The customers on this phone; undefined while they are being read from it. */
export function useRecords(): PhoneRecords | undefined {
  const { data } = useQuery({
    queryKey: recordsKey,
    queryFn: readRecords,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return data
}

/** Reads the customers again that this phone holds. */
export const readAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: recordsKey })

let syncing: Promise<void> | undefined

async function sync(): Promise<void> {
  const last = readLastSession()
  if (!last) return
  const { database } = await phoneStore()
  const isSynced = await syncRecords(database, last.session.user.id, await lastPlaceOf(database))
  if (!isSynced) return
  await keepOutcomes(database)
  await readAgain()
}

/** Brings the customers on this phone up to date, once at a time. */
export function renewRecords(): Promise<void> {
  syncing ??= sync()
    // What the server refuses is tried again later; the screens show what there is and its age.
    .catch((error: unknown) => console.warn('Customers were not read:', error))
    .finally(() => {
      syncing = undefined
    })
  return syncing
}

/** Keeps the customers on this phone up to date while the app is open. */
export function useRecordSync(): void {
  const store: PhoneStore | undefined = usePhoneStore()
  useEffect(() => {
    if (!store) return undefined
    const renew = () => void renewRecords()
    renew()
    const timer = setInterval(renew, everyMs)
    addEventListener('online', renew)
    return () => {
      clearInterval(timer)
      removeEventListener('online', renew)
    }
  }, [store])
}
