import { Drawer } from '@base-ui/react/drawer'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useState } from 'react'

import { count, roundMetres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { type Group, type GroupName, type Listed, nearM } from './near-list.ts'
import { NearRow } from './NearRow.tsx'
import { keyOf, type Near } from './use-near.ts'

const words = texts.near

type Item =
  | { readonly kind: 'head'; readonly name: string; readonly count: number }
  | { readonly kind: 'row'; readonly listed: Listed }

const headPx = 40
const rowPx = 76

const nameOf = (name: GroupName): string =>
  name === 'near' ? words.groups.near(roundMetres(nearM)) : words.groups[name]

const itemsOf = (groups: readonly Group[], hasHeads: boolean): readonly Item[] =>
  groups.flatMap(({ name, listed }) => [
    ...(hasHeads ? [{ kind: 'head' as const, name: nameOf(name), count: listed.length }] : []),
    ...listed.map((each) => ({ kind: 'row' as const, listed: each })),
  ])

interface NearListProps {
  readonly groups: readonly Group[]
  readonly hasHeads: boolean
  readonly waiting: Near['waiting']
  /** Above and below the rows. */
  readonly before: ReactNode
  readonly after: ReactNode
}

/** Draws only the rows in view, however many customers there are. */
export function NearList({ groups, hasHeads, waiting, before, after }: NearListProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const items = useMemo(() => itemsOf(groups, hasHeads), [groups, hasHeads])
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (items[index]?.kind === 'head' ? headPx : rowPx),
    getItemKey: (index) => {
      const item = items[index]
      return item?.kind === 'row' ? keyOf(item.listed.customer) : (item?.name ?? index)
    },
    overscan: 8,
  })
  return (
    <Drawer.Content ref={setScroller} className="near-list" tabIndex={-1}>
      {before}
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          const style = { transform: `translateY(${start}px)` }
          return item.kind === 'head' ? (
            <li key={key} className="near-group" style={style}>
              <span>{item.name}</span>
              <span className="num">{count(item.count)}</span>
            </li>
          ) : (
            <li key={key} style={style}>
              <NearRow listed={item.listed} isWaiting={waiting.has(keyOf(item.listed.customer))} />
            </li>
          )
        })}
      </ul>
      {after}
    </Drawer.Content>
  )
}
