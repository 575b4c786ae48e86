import { useEffect, useState } from 'react'

import { isControl, useKeys } from '../parts/use-keys.ts'

/**
 * Which of the rows J and K have moved to, and Enter opens. Whoever goes to a link or button beside the
 * rows has Enter for that one.
 */
export function useRowCursor(count: number, onOpen: (index: number) => void): number | undefined {
  const [chosen, setChosen] = useState<number>()
  const current = chosen === undefined || count === 0 ? undefined : Math.min(chosen, count - 1)
  useEffect(() => {
    const focused = ({ target }: FocusEvent) => {
      if (target instanceof Element && isControl(target)) setChosen(undefined)
    }
    document.addEventListener('focusin', focused)
    return () => document.removeEventListener('focusin', focused)
  }, [])
  const move = (by: number) => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && isControl(focused)) focused.blur()
    setChosen(current === undefined ? 0 : Math.max(0, Math.min(count - 1, current + by)))
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    ...(current !== undefined && {
      enter: () => onOpen(current),
      escape: () => setChosen(undefined),
    }),
  })
  return current
}
