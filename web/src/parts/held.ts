import { useSyncExternalStore } from 'react'

/**
 * What was done here and is not at the server yet, by what it was done to. It is applied to all that is
 * read meanwhile, or the server's answer would bring back what was.
 */
export interface HeldStore<Key, Value> {
  readonly get: () => ReadonlyMap<Key, Value>
  readonly hold: (entries: Iterable<readonly [Key, Value]>) => void
  readonly drop: (keys: readonly Key[]) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function newHeld<Key, Value>(): HeldStore<Key, Value> {
  let held: ReadonlyMap<Key, Value> = new Map()
  const listeners = new Set<() => void>()
  const set = (next: ReadonlyMap<Key, Value>) => {
    held = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => held,
    hold: (entries) => set(new Map([...held, ...entries])),
    drop: (keys) => set(new Map([...held].filter(([key]) => !keys.includes(key)))),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const useHeld = <Key, Value>({ subscribe, get }: HeldStore<Key, Value>) =>
  useSyncExternalStore(subscribe, get)
