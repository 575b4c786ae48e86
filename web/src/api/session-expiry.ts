type Listener = () => void

const listeners = new Set<Listener>()
let hasExpired = false
let isSignedOut = false

function change(to: boolean): void {
  if (hasExpired === to) return
  hasExpired = to
  for (const listener of listeners) listener()
}

/** Whether the session ended under somebody who works; for useSyncExternalStore. */
export const sessionExpiry = {
  /** Not after `signOut`: then nobody works. */
  begin: (): void => change(!isSignedOut),
  /** Somebody has signed in. */
  end(): void {
    isSignedOut = false
    change(false)
  },
  /** Somebody has signed out, and late answers say so too. */
  signOut(): void {
    isSignedOut = true
    change(false)
  },
  hasExpired: (): boolean => hasExpired,
  subscribe(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
