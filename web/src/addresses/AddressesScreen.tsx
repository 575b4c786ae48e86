import './addresses.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'

import { sessionQuery } from '../api/queries.ts'
import { basePath } from '../base-path.ts'
import { Bar } from '../parts/Bar.tsx'
import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Message } from '../parts/Message.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useIsPhone } from '../shells/is-phone.ts'
import { texts } from '../texts/texts.ts'
import { type AddressRow, itemsOf } from './address-rows.ts'
import { AddressesBar, AddressTabs } from './AddressesBar.tsx'
import { AddressList } from './AddressList.tsx'
import type { Fix } from './AddressRowLine.tsx'
import { askGeocoder } from './fixes.ts'
import { FixPanel } from './FixPanel.tsx'
import { usualWay, type Way } from './UnplacedFix.tsx'
import { useAddressCounts, useGroups } from './use-groups.ts'
import { type Sight, useSight } from './use-owners.ts'

const route = getRouteApi('/shell/addresses')
const { addresses: words } = texts

const rowPx = 52
const phoneRowPx = 76

/** Customers without an exact place, and those whose visits happen elsewhere. */
export function AddressesScreen() {
  const search = route.useSearch()
  const sight = useSight(search)
  if (!sight) {
    return (
      <>
        <Bar title={words.title} />
        <Skeleton rows={12} />
      </>
    )
  }
  return <Addresses key={search.reason} sight={sight} />
}

/** Which customer is shown, and how to go to others. */
function useCurrent(rows: readonly AddressRow[]) {
  const { record } = route.useSearch()
  const navigate = route.useNavigate()
  const isPhone = useIsPhone()
  const [at, setAt] = useState(0)
  const found = rows.findIndex(({ key }) => key === record)
  const index = found >= 0 ? found : Math.min(at, rows.length - 1)
  const current = isPhone && found < 0 ? undefined : rows[index]
  const show = (row: AddressRow | undefined) => {
    setAt(row ? rows.indexOf(row) : 0)
    void navigate({
      search: (before) => ({ ...before, record: row?.key }),
      replace: !isPhone || record !== undefined,
    })
  }
  return {
    current,
    show,
    move: (by: number) => show(rows[Math.max(0, Math.min(rows.length - 1, index + by))]),
    /** To the one after it, or before it at the end: it leaves the list. */
    leave: () => {
      setAt(index)
      const next = isPhone ? undefined : (rows[index + 1] ?? rows[index - 1])
      void navigate({ search: (before) => ({ ...before, record: next?.key }), replace: true })
    },
  }
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
  const open = () => {
    if (!current) return
    if (current.reason === 'elsewhere') return focusPrimary()
    setAsked({ key: current.key, way: usualWay(current, hasGeocoder) })
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    enter: ({ target }) => press(target) || open(),
  })
  const failed = error ?? (rows.length === 0 ? list.error : null)
  const isLoading = !failed && rows.length === 0 && (list.isLoading || counts === undefined)
  const isEmpty = !failed && !isLoading && rows.length === 0
  const isCovered = isPhone && current !== undefined
  return (
    <>
      <AddressesBar search={search} sight={sight} counts={counts} />
      <AddressTabs search={search} counts={counts} />
      {counts && !counts.hasGeocoder && !isCovered && <NoGeocoder />}
      <div className="addresses">
        {failed && (
          <Failed
            title={words.failed}
            error={failed}
            onRetry={() => {
              void refetch()
              list.readAgain()
            }}
          />
        )}
        {isLoading && <Skeleton rows={12} />}
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
            onChosen={show}
            onFix={onFix}
          />
        )}
        {current && (
          <FixPanel
            key={`${current.key} ${asked?.key === current.key ? asked.way : ''}`}
            row={current}
            hasGeocoder={hasGeocoder}
            asked={asked?.key === current.key ? asked.way : undefined}
            onDone={leave}
            onBack={isPhone ? () => show(undefined) : undefined}
          />
        )}
      </div>
    </>
  )
}

function NoGeocoder() {
  const { data: session } = useQuery(sessionQuery)
  if (session?.user.role !== 'admin') {
    return (
      <div className="no-geocoder">
        <Message kind="info">{words.noGeocoderOther}</Message>
      </div>
    )
  }
  const link = (
    <a className="link" href={`${basePath}/settings/geocoder`}>
      {words.setUp}
    </a>
  )
  return (
    <div className="no-geocoder">
      <Message kind="info" action={link}>
        {words.noGeocoderAdmin}
      </Message>
    </div>
  )
}

const NoAddresses = ({ isAll }: { readonly isAll: boolean }) =>
  isAll ? (
    <Empty title={words.empty} help={words.emptyHelp}>
      <Link className={buttonClass({})} to="/map" search={{ layer: 'customers' }}>
        {words.customers}
      </Link>
    </Empty>
  ) : (
    <Empty title={words.emptyTab} help={words.emptyTabHelp}>
      <Link className={buttonClass({})} to="/addresses">
        {words.showOthers}
      </Link>
    </Empty>
  )
