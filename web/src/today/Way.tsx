import { Route } from 'lucide-react'
import { useMemo } from 'react'

import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { bestOrder, type Place, wayLength } from './best-order.ts'
import { placeOf } from './stop-lines.ts'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

interface WayProps {
  readonly stops: readonly KnownStop[]
  readonly here: Place | null
  readonly onReorder: (keys: readonly string[]) => void
}

/** How far it is through what is left, and the shorter order if there is one. */
export function Way({ stops, here, onReorder }: WayProps) {
  const left = stops.flatMap(({ key, state, customer }) => {
    const place = state === 'planned' ? placeOf(customer) : null
    return place ? [{ key, ...place }] : []
  })
  const id = left.map(({ key }) => key).join()
  const { latitude, longitude } = here ?? {}
  const way = useMemo(() => {
    const start = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
    const best = bestOrder(left, start).flatMap((index) => left[index] ?? [])
    return { now: wayLength(left, start), after: wayLength(best, start), best }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `id` names the places
  }, [id, latitude, longitude])
  if (left.length < 2) return undefined
  const isBest = way.best.every(({ key }, index) => key === left[index]?.key)
  if (isBest) return <span className="way num">{today.way(metres(way.now))}</span>
  return (
    <button
      type="button"
      className="text-button num"
      onClick={() => onReorder(way.best.map(({ key }) => key))}
    >
      <Route aria-hidden="true" />
      {today.best(metres(way.after))}
    </button>
  )
}
