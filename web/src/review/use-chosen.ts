import type { Visit } from '@doorstep/contract/visits'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { useIsPhone } from '../parts/is-phone.ts'
import { useKeys } from '../parts/use-keys.ts'
import type { Selection } from '../visits/use-selection.ts'

const route = getRouteApi('/shell/review')

/** The visit that is looked at: on a phone none until one is opened. */
export function useChosen(queue: readonly Visit[], selection: Selection) {
  const { visit: openedId } = route.useSearch()
  const navigate = route.useNavigate()
  const isPhone = useIsPhone()
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, queue.length - 1)
  const current = queue[at]
  const opened = isPhone ? queue.find(({ id }) => id === openedId) : current
  const move = (by: number) => setChosen(Math.max(0, Math.min(queue.length - 1, at + by)))
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    x: () => current && selection.toggle(current.id),
    'shift+x': () => current && selection.extendTo(current.id),
    escape: selection.clear,
  })
  const choose = (index: number) => {
    setChosen(index)
    const visit = queue[index]?.id
    if (isPhone) void navigate({ search: (before) => ({ ...before, visit }) })
  }
  return { at: isPhone ? -1 : at, opened, choose }
}
