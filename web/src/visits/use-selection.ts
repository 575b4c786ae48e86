import type { Visit } from '@doorstep/contract/visits'
import { useState } from 'react'

/** Which visits are selected. */
export interface Selection {
  readonly ids: ReadonlySet<number>
  /** Whether all that were read are. */
  readonly isAll: boolean
  readonly toggle: (id: number) => void
  /** All from the one toggled last to this one. */
  readonly extendTo: (id: number) => void
  readonly toggleAll: () => void
  readonly clear: () => void
}

export function useSelection(visits: readonly Visit[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const [anchor, setAnchor] = useState<number>()
  const isAll = visits.length > 0 && ids.size >= visits.length
  return {
    ids,
    isAll,
    toggle(id) {
      setAnchor(id)
      setIds((before) => before.symmetricDifference(new Set([id])))
    },
    extendTo(id) {
      const [a, b] = [anchor, id].map((end) => visits.findIndex((visit) => visit.id === end))
      if (a === undefined || b === undefined || b < 0) return
      const [first, last] = a < 0 ? [b, b] : [Math.min(a, b), Math.max(a, b)]
      const range = visits.slice(first, last + 1).map((visit) => visit.id)
      setIds((before) => before.union(new Set(range)))
    },
    toggleAll: () => setIds(new Set(isAll ? [] : visits.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}
