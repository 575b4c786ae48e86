import { setImmediate } from 'node:timers/promises'

export type Accepts = (slot: number) => boolean

/** Slots between two looks at the clock, and how long a pass holds up everything else. */
const slotsPerLook = 32_768
const holdsMs = 25

/** Calls `add` for each slot below `count` that all conditions accept. */
export async function passOver(
  count: number,
  conditions: readonly Accepts[],
  add: (slot: number) => void,
): Promise<void> {
  let started = performance.now()
  for (let from = 0; from < count; from += slotsPerLook) {
    passSlice(from, Math.min(count, from + slotsPerLook), conditions, add)
    if (performance.now() - started < holdsMs) continue
    await setImmediate()
    started = performance.now()
  }
}

function passSlice(
  from: number,
  to: number,
  conditions: readonly Accepts[],
  add: (slot: number) => void,
): void {
  next: for (let slot = from; slot < to; slot++) {
    for (const accepts of conditions) if (!accepts(slot)) continue next
    add(slot)
  }
}

/** Makes one answer of all slots that it is given. */
export interface Fold<Result> {
  add(slot: number): void
  finish(): Result | Promise<Result>
}
