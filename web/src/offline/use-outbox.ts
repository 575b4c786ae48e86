import { useQuery } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

import { useIsOnline } from './connection.ts'
import type { NamedCustomer } from './database.ts'
import type { OutboxState } from './outbox-state.ts'
import { phoneStore, type PhoneStore } from './phone.ts'

const nothing: OutboxState = { rows: [], isSending: false, error: undefined }

/** What this browser holds; undefined while it is being opened. */
export function usePhoneStore(): PhoneStore | undefined {
  const { data } = useQuery({
    queryKey: ['phone_store'],
    queryFn: phoneStore,
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}

/** The visits that wait on this phone. */
export function useOutbox(): OutboxState {
  const outbox = usePhoneStore()?.outbox
  const subscribe = useCallback(
    (listener: () => void) => outbox?.subscribe(listener) ?? (() => {}),
    [outbox],
  )
  const state = useSyncExternalStore(subscribe, () => outbox?.state ?? nothing)
  // An attempt that began before the network went, or goes on without one, sends nothing.
  const isOnline = useIsOnline()
  return isOnline ? state : { ...state, isSending: false }
}

/** How customers of waiting visits were called when they were logged, by keys as `lead:12`. */
export function useName(): (key: string) => NamedCustomer | undefined {
  const { rows } = useOutbox()
  const database = usePhoneStore()?.database
  const { data } = useQuery({
    queryKey: ['phone_names', rows.map(({ key }) => key)],
    queryFn: async () => {
      const [keys, names] = await Promise.all([
        database?.getAllKeys('names') ?? [],
        database?.getAll('names') ?? [],
      ])
      return new Map(keys.map((key, at) => [key, names[at]]))
    },
    enabled: database !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (key) => data?.get(key)
}
