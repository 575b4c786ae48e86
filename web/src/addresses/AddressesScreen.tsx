import './addresses.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'

import { usersQuery } from '../api/users.ts'
import { Bar } from '../parts/Bar.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { addresses } from '../texts/en/addresses.ts'
import { type AddressRow, itemsOf } from './address-rows.ts'
import { AddressesBar, AddressTabs } from './AddressesBar.tsx'
import { AddressList } from './AddressList.tsx'
import type { Fix } from './AddressRowLine.tsx'
import { askGeocoder } from './ask-geocoder.ts'
import { FixPanel } from './FixPanel.tsx'
import { NoAddresses, NoGeocoder } from './NoAddresses.tsx'
import { usualWay, type Way } from './UnplacedFix.tsx'
import { useCurrent } from './use-current.ts'
import { useAddressCounts, useGroups } from './use-groups.ts'
import { type Sight, useSight } from './use-owners.ts'

const route = getRouteApi('/shell/addresses')
const words = addresses

const rowPx = 52
const phoneRowPx = 76

/** The shape of the list: a head and rows. */
function ListLoading() {
  const isPhone = useIsPhone()
  return (
    <section className="address-list">
      <div className="group" />
      <Skeleton rows={14} rowPx={isPhone ? phoneRowPx : rowPx} />
    </section>
  )
}

/** Customers without an exact place, and those whose visits happen elsewhere. */
export function AddressesScreen() {
  const search = route.useSearch()
  const sight = useSight(search)
  const users = useQuery(usersQuery)
  if (!sight) {
    return (
      <>
        <Bar title={words.title} />
        <AddressTabs search={search} counts={undefined} />
        <div className="addresses">
          {users.error ? (
            <Failed title={words.failed} error={users.error} onRetry={() => void users.refetch()} />
          ) : (
            <ListLoading />
          )}
        </div>
      </>
    )
  }
  return <Addresses key={search.reason} sight={sight} />
}

/** Enter on a button or a link does what it does; says whether it was one. */
function press(target: EventTarget | null): boolean {
  const pressed = target instanceof Element ? target.closest('button, a, summary') : null
  if (!(pressed instanceof HTMLElement)) return false
  pressed.click()
  return true
}

const focusPrimary = () =>
  document.querySelector<HTMLButtonElement>('.fix-panel .button.primary')?.focus()

function useListKeys(move: (by: number) => void, open: () => void): void {
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    enter: ({ target }) => press(target) || open(),
  })
}

function Addresses({ sight }: { readonly sight: Sight }) {
  const search = route.useSearch()
  const isPhone = useIsPhone()
  const { counts, elsewhere, error, refetch } = useAddressCounts(sight)
  const list = useGroups(search.reason, sight.owners, counts, elsewhere)
  const items = itemsOf(list.groups)
  const rows = list.groups.flatMap((group) => group.rows)
  const { current, show, move, leave } = useCurrent(rows)
  const [asked, setAsked] = useState<{ readonly key: string; readonly way: Way | undefined }>()
  const hasGeocoder = counts?.hasGeocoder ?? true
  const onFix = (row: AddressRow, fix: Fix) => {
    if (fix === 'ask') return void askGeocoder(row)
    setAsked({ key: row.key, way: fix === 'pin' ? 'pin' : fix === 'edit' ? 'address' : undefined })
    show(row)
  }
  useListKeys(move, () => {
    if (!current) return
    if (current.reason === 'elsewhere') focusPrimary()
    else setAsked({ key: current.key, way: usualWay(current, hasGeocoder) })
  })
  const failed = error ?? (rows.length === 0 ? list.error : null)
  const isLoading = !failed && rows.length === 0 && (list.isLoading || counts === undefined)
  const isEmpty = !failed && !isLoading && rows.length === 0
  const way = asked?.key === current?.key ? asked?.way : undefined
  const retry = () => {
    void refetch()
    list.readAgain()
  }
  const isCovered = isPhone && current !== undefined
  return (
    <>
      {!isCovered && (
        <>
          <AddressesBar search={search} sight={sight} counts={counts} />
          <AddressTabs search={search} counts={counts} />
        </>
      )}
      {counts && !counts.hasGeocoder && !isCovered && <NoGeocoder />}
      <div className="addresses">
        {failed && <Failed title={words.failed} error={failed} onRetry={retry} />}
        {isLoading && <ListLoading />}
        {isEmpty && <NoAddresses isAll={counts?.total === 0} />}
        {rows.length > 0 && !isCovered && (
          <AddressList
            key={search.reason}
            items={items}
            current={current}
            search={search}
            hasGeocoder={hasGeocoder}
            rowPx={isPhone ? phoneRowPx : rowPx}
            onNearEnd={list.readMore}
            onRetry={list.hasRestFailed ? list.readRest : undefined}
            onChosen={show}
            onFix={onFix}
          />
        )}
        {current && (
          <FixPanel
            key={`${current.key} ${way ?? ''}`}
            row={current}
            hasGeocoder={hasGeocoder}
            asked={way}
            onDone={leave}
            onBack={isPhone ? () => show(undefined) : undefined}
          />
        )}
      </div>
    </>
  )
}
