import './users-table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'

import { useIsPhone } from '../../parts/is-phone.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import type { UserRow } from './teams.ts'
import { type UsersContext, UserLine } from './UserLine.tsx'

const { users: words } = texts

interface UsersTableProps extends UsersContext {
  readonly rows: readonly UserRow[]
}

const rowPx = 38
const phoneRowPx = 104

/** Everybody who is active; only the rows in view are drawn. */
export function UsersTable({ rows, ...context }: UsersTableProps) {
  const body = useRef<HTMLDivElement>(null)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [top, setTop] = useState(0)
  const isPhone = useIsPhone()
  const size = isPhone ? phoneRowPx : rowPx
  useLayoutEffect(() => {
    setScroller(body.current?.closest<HTMLElement>('.settings-page') ?? null)
    setTop(body.current?.offsetTop ?? 0)
  }, [])
  // NOTE: nothing that it answers is remembered here.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => size,
    getItemKey: (index) => rows[index]?.user.id ?? index,
    overscan: 12,
    scrollMargin: top,
  })
  useLayoutEffect(() => virtual.measure(), [virtual, size])
  return (
    <SettingsBox className="users-table">
      <div role="table" aria-label={words.title} aria-rowcount={rows.length + 1}>
        <div role="rowgroup">
          <div role="row" className="line head">
            <span role="columnheader" className="person">
              {words.people(rows.length)}
            </span>
            <span role="columnheader">{words.columns.email}</span>
            <span role="columnheader">{words.columns.role}</span>
            <span role="columnheader">{words.columns.reportsTo}</span>
            <span role="columnheader" className="visits" title={words.columns.visitsHelp}>
              {words.columns.visits}
            </span>
            <span role="columnheader">{words.columns.location}</span>
            <span role="columnheader">{words.columns.seen}</span>
            <span role="columnheader">
              <span className="unseen">{words.columns.more}</span>
            </span>
          </div>
        </div>
        <div ref={body} role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index]
            if (!row) return null
            const style = { height: size, transform: `translateY(${start - top}px)` }
            return <UserLine key={key} row={row} index={index} style={style} {...context} />
          })}
        </div>
      </div>
    </SettingsBox>
  )
}
