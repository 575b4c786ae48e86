import type { Visit } from '@doorstep/contract/visits'
import { useState } from 'react'

/** The row that the keys move; the one whose panel is open, if one is. */
export interface Current {
  readonly current: number | undefined
  readonly id: number | undefined
  readonly move: (by: number) => void
  readonly open: () => void
}

export function useCurrent(
  visits: readonly Visit[],
  openedId: number | undefined,
  onOpen: (id: number | undefined) => void,
): Current {
  const [chosen, setChosen] = useState<number>()
  const opened = visits.findIndex(({ id }) => id === openedId)
  const current = opened >= 0 ? opened : chosen
  const move = (by: number) => {
    const end = visits.length - 1
    if (end < 0) return
    const next = Math.min(end, Math.max(0, current === undefined ? 0 : current + by))
    setChosen(next)
    if (openedId !== undefined) onOpen(visits[next]?.id)
  }
  const open = () => {
    if (current !== undefined) onOpen(visits[current]?.id)
  }
  return { current, move, open, id: current === undefined ? undefined : visits[current]?.id }
}
