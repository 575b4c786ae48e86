import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { appQuery } from '../api/app-info.ts'
import type { Customer } from '../api/customers.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Outcome } from '../parts/Outcome.tsx'
import { Tag } from '../parts/Tag.tsx'
import { daysAgo, dayOf, printShortDay } from '../texts/days.ts'
import { count, metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import { type CustomerSort, customerSorts } from './customers-search.ts'

const words = texts.customers

export const columnNames = [
  'name',
  'kind',
  'address',
  'owner',
  'visited',
  'outcome',
  'due',
  'visits',
  'radius',
] as const
export type ColumnName = (typeof columnNames)[number]

interface Column {
  /** In pixels: its width, or the least one of a column that grows. */
  readonly px: number
  readonly grows?: number
  readonly isRight?: boolean
  readonly cell: (customer: Customer, names: Names) => ReactNode
}

const muted = (content: ReactNode) => (
  <span dir="auto" className="muted ellipsis">
    {content}
  </span>
)

/** "Today", "Yesterday", "28 Sep" */
export function visitedDay(at: string): string {
  const day = dayOf(at)
  const ago = daysAgo(day)
  if (ago === 0) return words.today
  return ago === 1 ? words.yesterday : printShortDay(day)
}

function Visited({ customer }: { readonly customer: Customer }) {
  const { last_visit: last } = customer
  if (!last) return <span className="faint">{words.never}</span>
  return (
    <Link className="above" to="/visits/$id" params={{ id: String(last.id) }}>
      <time dateTime={last.at}>{visitedDay(last.at)}</time>
    </Link>
  )
}

function OwnRadius({ radiusM }: { readonly radiusM: number }) {
  const { data: app } = useQuery(appQuery)
  return radiusM === app?.location.radius_m ? null : muted(metres(radiusM))
}

/** Days until a visit is due; 0 or less: it is. */
export const daysUntil = (at: string): number => -daysAgo(dayOf(at))

export function Due({ at }: { readonly at: string | null }) {
  if (at === null) return null
  const days = daysUntil(at)
  return (
    <span className={days <= 0 ? 'due late' : 'due'}>
      {days <= 0 ? words.late(-days) : words.dueIn(days)}
    </span>
  )
}

export const columns: Readonly<Record<ColumnName, Column>> = {
  // The row draws it: it is the link.
  name: { px: 200, grows: 1.2, cell: () => null },
  kind: { px: 60, cell: ({ resource_type: kind }) => muted(words.kinds[kind]) },
  address: {
    px: 180,
    grows: 1.3,
    cell: ({ address, latitude }) => (
      <span className="address">
        {muted(address)}
        {latitude === null && <Tag kind="warning">{words.notPlaced}</Tag>}
      </span>
    ),
  },
  owner: {
    px: 150,
    cell: ({ owner_id: owner }, names) =>
      owner === null ? (
        <span className="faint">{words.noOwner}</span>
      ) : (
        <span className="rep">
          <Avatar id={owner} name={names.user(owner) ?? ''} size="small" />
          <span dir="auto" className="ellipsis">
            {names.user(owner) ?? texts.visits.unknownRep}
          </span>
        </span>
      ),
  },
  visited: { px: 88, cell: (customer) => <Visited customer={customer} /> },
  outcome: {
    px: 146,
    cell: ({ last_visit: last }, names) =>
      last && <Outcome outcome={names.outcome(last.outcome_id)} />,
  },
  due: { px: 92, cell: ({ due_at: due }) => <Due at={due} /> },
  visits: {
    px: 62,
    isRight: true,
    cell: ({ visits_count: visits, resource_type: type, id }) =>
      visits === 0 ? (
        <span className="faint">{count(0)}</span>
      ) : (
        <Link className="above" to="/visits" search={{ type, customer: id }}>
          {count(visits)}
        </Link>
      ),
  },
  // Only where it is not the account's.
  radius: { px: 62, isRight: true, cell: ({ radius_m: radius }) => <OwnRadius radiusM={radius} /> },
}

export const sortOf = (name: ColumnName): CustomerSort | undefined =>
  customerSorts.find((sort) => sort === name)

/** Nobody looks at a column that says the same of all: no day, or the account's radius. */
export const shownFor = (
  customers: readonly Customer[],
  accountRadiusM: number | undefined,
): readonly ColumnName[] => {
  const isSame = {
    due: customers.every(({ due_at: due }) => due === null),
    radius: customers.every(({ radius_m: radius }) => radius === accountRadiusM),
  }
  return columnNames.filter((name) => (name !== 'due' && name !== 'radius') || !isSame[name])
}

const gapPx = 16

export const tracksOf = (names: readonly ColumnName[]): string =>
  names
    .map((name) => {
      const { px, grows } = columns[name]
      return grows === undefined ? `${px}px` : `minmax(${px}px, ${grows}fr)`
    })
    .join(' ')

/** Below this width, the table scrolls sideways. */
export const leastWidthOf = (names: readonly ColumnName[]): number =>
  names.reduce((sum, name) => sum + gapPx + columns[name].px, 2 * gapPx)
