import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, memo, type ReactNode, useCallback, useEffect } from 'react'

import { RestFailed } from '../parts/RestFailed.tsx'
import type { Row } from './rows.ts'

interface VirtualRowsProps {
  readonly rows: readonly Row[]
  readonly scroller: HTMLElement | null
  readonly dayPx: number
  readonly visitPx: number
  /** The row that stays in view. */
  readonly current: number | undefined
  readonly onNearEnd: () => void
  /** Asks again for those that could not be read. */
  readonly onRetry: () => void
  readonly children: (row: Exclude<Row, { kind: 'failed' }>, style: CSSProperties) => ReactNode
}

interface PlacedRowProps extends Pick<VirtualRowsProps, 'onRetry' | 'children'> {
  readonly row: Row
  readonly start: number
  readonly size: number
}

/** While the list is scrolled, rows that stay in view are not drawn again. */
const PlacedRow = memo(({ row, start, size, onRetry, children }: PlacedRowProps) => {
  const style = { height: size, transform: `translateY(${start}px)` }
  if (row.kind !== 'failed') return children(row, style)
  return (
    <div role="row" style={style}>
      <span role="cell">
        <RestFailed onRetry={onRetry} />
      </span>
    </div>
  )
})

/** How many rows before the end the next page is asked for. */
const ahead = 120

/** Draws only the rows in view, however many were read. */
export function VirtualRows(props: VirtualRowsProps) {
  const { rows, scroller, dayPx, visitPx, current, onNearEnd, onRetry, children } = props
  // NOTE: where one of these is another function, all rows are measured again.
  const estimateSize = useCallback(
    (index: number) => (rows[index]?.kind === 'day' ? dayPx : visitPx),
    [rows, dayPx, visitPx],
  )
  const getItemKey = useCallback(
    (index: number) => {
      const row = rows[index]
      if (row?.kind === 'visit') return row.visit.id
      return row?.kind === 'day' ? row.day : -index
    },
    [rows],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize,
    getItemKey,
    // The first rows are there sooner, and a flick outruns none.
    overscan: scroller?.scrollTop ? 40 : 12,
    scrollPaddingStart: dayPx + visitPx,
    scrollPaddingEnd: visitPx,
  })
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (last + ahead > rows.length) onNearEnd()
  }, [last, rows.length, onNearEnd])
  useEffect(() => {
    const index = rows.findIndex((row) => row.kind === 'visit' && row.index === current)
    if (index >= 0) virtual.scrollToIndex(index)
    // Only a move scrolls, not rows that arrive.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current])
  return (
    <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start, size }) => {
        const row = rows[index]
        return (
          row && (
            <PlacedRow key={key} row={row} start={start} size={size} onRetry={onRetry}>
              {children}
            </PlacedRow>
          )
        )
      })}
    </div>
  )
}
