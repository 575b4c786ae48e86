import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, Fragment, type ReactNode, useEffect } from 'react'

import type { Customer } from '../api/customers.ts'

interface CustomerRowsProps {
  readonly rows: readonly Customer[]
  readonly scroller: HTMLElement | null
  readonly rowPx: number
  /** What covers the rows at the top. */
  readonly headPx: number
  /** The row that stays in view. */
  readonly current: number | undefined
  readonly children: (customer: Customer, index: number, style: CSSProperties) => ReactNode
}

/** Draws only the rows in view, however many there are. */
export function CustomerRows(props: CustomerRowsProps) {
  const { rows, scroller, rowPx, headPx, current, children } = props
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowPx,
    getItemKey: (index) => `${rows[index]?.resource_type} ${rows[index]?.id}`,
    overscan: 20,
    scrollPaddingStart: headPx + rowPx,
    scrollPaddingEnd: rowPx,
  })
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current)
    // Only a move scrolls, not rows that arrive.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current])
  return (
    <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start, size }) => {
        const customer = rows[index]
        if (!customer) return null
        const style = { height: size, transform: `translateY(${start}px)` }
        return <Fragment key={key}>{children(customer, index, style)}</Fragment>
      })}
    </div>
  )
}
