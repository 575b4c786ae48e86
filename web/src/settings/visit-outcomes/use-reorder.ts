import { type PointerEvent, useState } from 'react'

interface Dragged {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly startY: number
  readonly rowPx: number
  readonly byPx: number
}

/** Rows of one height that are dragged by a grip, up and down. */
export function useReorder(count: number, onMove: (id: number, to: number) => void) {
  const [dragged, setDragged] = useState<Dragged>()
  const gripOf = (id: number, index: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const row = event.currentTarget.closest('li')
      if (event.button !== 0 || !row) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const rowPx = row.getBoundingClientRect().height
      setDragged({ id, from: index, to: index, startY: event.clientY, rowPx, byPx: 0 })
    },
    onPointerMove: ({ clientY }: PointerEvent<HTMLElement>) => {
      setDragged((before) => {
        if (!before) return before
        const byPx = clientY - before.startY
        const to = Math.round(before.from + byPx / before.rowPx)
        return { ...before, byPx, to: Math.max(0, Math.min(count - 1, to)) }
      })
    },
    onPointerUp: () => {
      if (dragged && dragged.to !== dragged.from) onMove(dragged.id, dragged.to)
      setDragged(undefined)
    },
    onLostPointerCapture: () => setDragged(undefined),
  })
  return {
    dragged,
    gripOf,
    /** The place between rows where the dragged one would go, counted from 0; undefined: its own. */
    dropAt:
      dragged && dragged.to !== dragged.from
        ? dragged.to + (dragged.to > dragged.from ? 1 : 0)
        : undefined,
    cancel: () => setDragged(undefined),
  }
}

export type Reorder = ReturnType<typeof useReorder>
