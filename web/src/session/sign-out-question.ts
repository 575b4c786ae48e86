const listeners = new Set<() => void>()
let isAsked = false

function set(to: boolean): void {
  isAsked = to
  for (const listener of listeners) listener()
}

/** Whether somebody who signs out is asked about what this browser has not sent; for useSyncExternalStore. */
export const signOutQuestion = {
  ask: (): void => set(true),
  close: (): void => set(false),
  isAsked: (): boolean => isAsked,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
