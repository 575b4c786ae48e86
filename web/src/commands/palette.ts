type Shown = 'search' | 'keys' | undefined

let shown: Shown
const listeners = new Set<() => void>()

function show(next: Shown): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Which of the two lies over the screen; for useSyncExternalStore. */
export const palette = {
  search: (): void => show('search'),
  keys: (): void => show('keys'),
  close: (): void => show(undefined),
  shown: (): Shown => shown,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
