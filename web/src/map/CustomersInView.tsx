import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useEffect, useMemo, useState } from 'react'

import { type Box, type Customer, customerListQuery } from '../api/maps.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { RestFailed } from '../parts/RestFailed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import type { MapSearch } from '../search.ts'
import { relative } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import { customerKey } from './colouring.ts'
import { isCustomerFiltered, noCustomerFilters } from './CustomerFilterBar.tsx'
import { customersOn } from './map-choices.ts'
import { rowPx } from './row-px.ts'
import type { PinNames } from './use-pins.ts'

const { map: words } = texts

const ahead = 60

interface RowProps {
  readonly customer: Customer
  readonly names: Names
  readonly nowMs: number
  readonly style: CSSProperties
}

function CustomerRow({ customer, names, nowMs, style }: RowProps) {
  const { resource_type: type, id, name, last_visit: last, owner_id: ownerId } = customer
  const owner = names.user(ownerId)
  const when = last ? words.lastVisit(relative(last.at, nowMs)) : words.never
  return (
    <div role="row" className="map-row" style={style}>
      <span role="cell">
        {last ? (
          <OutcomeDisc outcome={names.outcome(last.outcome_id)} />
        ) : (
          <i className="never" aria-hidden="true" />
        )}
      </span>
      <span role="cell" className="words">
        <Link
          to="/customers/$type/$id"
          params={{ type, id: String(id) }}
          dir="auto"
          className="ellipsis"
        >
          {name}
        </Link>
        <span className="muted ellipsis">
          {when}
          {owner && ' · '}
          {owner && <bdi>{owner}</bdi>}
        </span>
      </span>
    </div>
  )
}

interface CustomersInViewProps {
  readonly search: MapSearch
  readonly bbox: Box
  readonly names: Names
  /** Whether there are customers elsewhere on the map. */
  readonly hasOthers: boolean
  readonly onNames: (names: PinNames) => void
  readonly onChange: (change: Partial<MapSearch>) => void
  readonly onShowAll: () => void
}

/** The customers that the map shows, the nearest to its middle first. */
export function CustomersInView(props: CustomersInViewProps) {
  const { search, bbox, names, hasOthers, onNames, onChange, onShowAll } = props
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [nowMs] = useState(Date.now)
  const list = useInfiniteQuery(customerListQuery(customersOn(search), bbox))
  const customers = useMemo(
    () => list.data?.pages.flatMap((page) => page.customers) ?? [],
    [list.data],
  )
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: customers.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowPx(),
    overscan: 12,
  })
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const mayReadMore = hasNextPage && !isFetching && !isFetchNextPageError
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (last + ahead > customers.length && mayReadMore) void fetchNextPage()
  }, [last, customers.length, mayReadMore, fetchNextPage])
  useEffect(() => {
    onNames(new Map(customers.map((each) => [customerKey(each), each.name])))
  }, [customers, onNames])

  if (list.error && customers.length === 0) {
    return (
      <Failed
        title={texts.customers.failed}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    )
  }
  if (list.isPending) return <Skeleton rows={16} rowPx={rowPx()} />
  if (customers.length === 0) {
    return <NoCustomers {...{ search, hasOthers, onChange, onShowAll }} />
  }
  return (
    <div ref={setScroller} className="map-rows" role="table" aria-label={words.list}>
      <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const customer = customers[index]
          if (!customer) return null
          const style = { height: size, transform: `translateY(${start}px)` }
          return <CustomerRow key={customerKey(customer)} {...{ customer, names, nowMs, style }} />
        })}
      </div>
      {isFetchNextPageError && (
        <div role="row">
          <span role="cell">
            <RestFailed onRetry={() => void fetchNextPage()} />
          </span>
        </div>
      )}
    </div>
  )
}

type NoCustomersProps = Pick<
  CustomersInViewProps,
  'search' | 'hasOthers' | 'onChange' | 'onShowAll'
>

function NoCustomers({ search, hasOthers, onChange, onShowAll }: NoCustomersProps) {
  const { emptyView, noCustomers } = words
  if (hasOthers) {
    return (
      <Empty title={emptyView.title} help={emptyView.help}>
        <Button onClick={onShowAll}>{emptyView.action}</Button>
      </Empty>
    )
  }
  if (isCustomerFiltered(search)) {
    return (
      <Empty title={noCustomers.clearTitle} help={noCustomers.clearHelp}>
        <Button onClick={() => onChange(noCustomerFilters)}>{noCustomers.clear}</Button>
      </Empty>
    )
  }
  return (
    <Empty title={noCustomers.title} help={noCustomers.help}>
      <Link className={buttonClass({})} to="/addresses">
        {noCustomers.addresses}
      </Link>
    </Empty>
  )
}
