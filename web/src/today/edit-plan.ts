import type { Stop } from '../offline/changed-plans.ts'
import { changePlan, keyOf } from '../offline/plans.ts'
import { offerUndo } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

/** The ways to change a day's plan; each can be taken back where it hides something. */
export function planEdits(date: string, shown: readonly KnownStop[]) {
  const stops = shown.map(({ stop }) => stop)
  const set = (next: readonly Stop[]) => void changePlan(date, next)
  const setWithUndo = (next: readonly Stop[], done: string) => {
    set(next)
    offerUndo(done, () => set(stops))
  }
  const without = (key: string) => stops.filter((stop) => keyOf(stop) !== key)
  const replace = (key: string, change: Pick<Stop, 'state' | 'skip_reason'>) =>
    stops.map((stop) => (keyOf(stop) === key ? { ...stop, ...change } : stop))

  /** Exchanges it with the one before or after that is still to be done. */
  function move({ key, stop }: KnownStop, by: -1 | 1): void {
    const open = shown.filter(({ state }) => state !== 'visited').map((each) => each.key)
    const other = open[open.indexOf(key) + by]
    const next = stops.map((each) => {
      if (keyOf(each) === key) return stops.find((one) => keyOf(one) === other) ?? each
      return keyOf(each) === other ? stop : each
    })
    set(next)
  }

  return {
    add: (some: readonly Stop[]) => setWithUndo([...stops, ...some], today.added(some.length)),
    remove: ({ key, name }: KnownStop) => setWithUndo(without(key), today.removed(name)),
    skip: ({ key, name }: KnownStop, reason: string | null) =>
      setWithUndo(replace(key, { state: 'skipped', skip_reason: reason }), today.skipped(name)),
    plan: ({ key }: KnownStop) => set(replace(key, { state: 'planned', skip_reason: null })),
    move,
    /** Before all that are still to be done. */
    first({ key, stop }: KnownStop): void {
      const before = shown.find((each) => each.state === 'planned')?.key
      const rest = without(key)
      const at = rest.findIndex((each) => keyOf(each) === before)
      set(at < 0 ? [...rest, stop] : rest.toSpliced(at, 0, stop))
    },
    /** Those that are planned, in another order; all others keep their places. */
    reorder(keys: readonly string[]): void {
      const byKey = new Map(stops.map((stop) => [keyOf(stop), stop]))
      const moved = new Set(keys)
      const queue = keys.flatMap((key) => byKey.get(key) ?? [])
      const next = stops.map((stop) => (moved.has(keyOf(stop)) ? (queue.shift() ?? stop) : stop))
      setWithUndo(next, today.reordered)
    },
  }
}

export type PlanEdits = ReturnType<typeof planEdits>
