import { useQuery } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

import type { OutboxState } from './outbox.ts'
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
  return useSyncExternalStore(subscribe, () => outbox?.state ?? nothing)
}
