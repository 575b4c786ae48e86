import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'

import { useUserName } from '../api/users.ts'
import { RestFailed } from '../parts/RestFailed.tsx'
import { addresses } from '../texts/en/addresses.ts'
import { count } from '../texts/format.ts'
import type { AddressGroup, AddressItem, AddressRow } from './address-rows.ts'
import type { AddressesSearch } from './addresses-search.ts'
import { nameOf } from './AddressesBar.tsx'
import { AddressRowLine, type Fix } from './AddressRowLine.tsx'

const words = addresses

interface AddressListProps {
  readonly items: readonly AddressItem[]
  readonly current: AddressRow | undefined
  readonly search: AddressesSearch
  readonly hasGeocoder: boolean
  readonly rowPx: number
  readonly onNearEnd: () => void
  /** Asks again for those that could not be read; undefined: there are none. */
  readonly onRetry: (() => void) | undefined
  readonly onChosen: (row: AddressRow) => void
  readonly onFix: (row: AddressRow, fix: Fix) => void
}

const groupPx = 32
/** How many rows before the end the next page is asked for. */
const ahead = 60

interface GroupHeadProps {
  readonly group: AddressGroup
  readonly search: AddressesSearch
  readonly hasGeocoder: boolean
}

function GroupHead({ group: { reason, count: total, rows }, search, hasGeocoder }: GroupHeadProps) {
  const help = reason === 'waiting' && !hasGeocoder ? words.noGeocoder : words.helps[reason]
  return (
    <div className="group">
      <h2>{nameOf(reason, hasGeocoder)}</h2>
      <span className="faint num">{count(total)}</span>
      <span dir="auto" className="faint ellipsis">
        {help}
      </span>
      <span className="spread" />
      {!search.reason && total > rows.length && (
        <Link className="link" to="/addresses" search={{ ...search, reason, record: undefined }}>
          {words.showAll(count(total))}
        </Link>
      )}
    </div>
  )
}

/** Draws only the rows in view, however many there are. */
export function AddressList(props: AddressListProps) {
  const { items, current, search, hasGeocoder, rowPx, onNearEnd, onRetry, onChosen, onFix } = props
  const userName = useUserName()
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (items[index]?.kind === 'group' ? groupPx : rowPx),
    getItemKey: (index) => {
      const item = items[index]
      return item?.kind === 'row' ? item.row.key : (item?.group.reason ?? index)
    },
    overscan: 12,
    scrollPaddingStart: groupPx,
  })
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (last + ahead > items.length) onNearEnd()
  }, [last, items.length, onNearEnd])
  useEffect(() => {
    const index = items.findIndex((item) => item.kind === 'row' && item.row.key === current?.key)
    if (index >= 0) virtual.scrollToIndex(index)
    // Only a move scrolls, not rows that arrive.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current?.key])
  return (
    <section className="address-list" ref={setScroller} aria-label={words.list}>
      <div className="body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const item = items[index]
          if (!item) return null
          return (
            <div key={key} style={{ height: size, transform: `translateY(${start}px)` }}>
              {item.kind === 'group' ? (
                <GroupHead group={item.group} search={search} hasGeocoder={hasGeocoder} />
              ) : (
                <AddressRowLine
                  row={item.row}
                  owner={userName(item.row.ownerId)}
                  isCurrent={item.row.key === current?.key}
                  hasGeocoder={hasGeocoder}
                  onChosen={() => onChosen(item.row)}
                  onFix={(fix) => onFix(item.row, fix)}
                />
              )}
            </div>
          )
        })}
      </div>
      {onRetry && <RestFailed onRetry={onRetry} />}
    </section>
  )
}
