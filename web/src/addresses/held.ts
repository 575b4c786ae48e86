import { useSyncExternalStore } from 'react'

import type { AddressReason } from './addresses-search.ts'

/** Customers that were fixed a moment ago, whose fix is not at the server yet. */
export type Held = ReadonlyMap<string, AddressReason>

let held: Held = new Map()
const listeners = new Set<() => void>()

function set(next: Held): void {
  held = next
  for (const listener of listeners) listener()
}

export const hide = (key: string, reason: AddressReason): void =>
  set(new Map([...held, [key, reason]]))

export const unhide = (key: string): void =>
  set(new Map([...held].filter(([each]) => each !== key)))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useHeld = (): Held => useSyncExternalStore(subscribe, () => held)
