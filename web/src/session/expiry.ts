type Listener = () => void

const listeners = new Set<Listener>()
let hasExpired = false

function change(to: boolean): void {
  if (hasExpired === to) return
  hasExpired = to
  for (const listener of listeners) listener()
}

/** Whether the session ended under somebody who works; for useSyncExternalStore. */
export const sessionExpiry = {
  begin: (): void => change(true),
  end: (): void => change(false),
  hasExpired: (): boolean => hasExpired,
  subscribe(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
