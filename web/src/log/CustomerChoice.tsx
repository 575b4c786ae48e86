import '../near/near-list.css'
import type { Customer } from '@doorstep/contract/customers'
import { Search } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'

import { LastDisc } from '../near/NearRow.tsx'
import { useIsOnline } from '../offline/connection.ts'
import type { Fix } from '../offline/fixes.ts'
import { indexNearest, type NearCustomer } from '../offline/nearest.ts'
import type { PhoneRecords } from '../offline/use-records.ts'
import { Finding } from '../parts/Finding.tsx'
import { Message } from '../parts/Message.tsx'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { lastVisitOf } from './last-visit.ts'

const { choose } = texts.log

/** As many as somebody looks through; the others are found by name. */
const most = 60

interface CustomerChoiceProps {
  readonly records: PhoneRecords | undefined
  readonly fix: Fix | null
  readonly isLooking: boolean
  /** Whether whom the link names is there no more. */
  readonly isGone?: boolean
  /** What stands above the customers. */
  readonly before?: ReactNode
  readonly onTyping?: () => void
  readonly onChoose: (customer: Customer) => void
}

interface Row {
  readonly customer: Customer
  readonly distanceM: number | null
}

/** As it is compared: without accents and capitals. */
const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The nearest first, then the others by name. */
function rowsOf(customers: readonly Customer[], fix: Fix | null): readonly Row[] {
  const near: readonly NearCustomer[] = fix
    ? indexNearest(customers).find(fix, customers.length)
    : []
  const found = new Set(near.map(({ customer }) => customer))
  const others = customers
    .filter((customer) => !found.has(customer))
    .toSorted((one, other) => one.name.localeCompare(other.name))
  return [...near, ...others.map((customer) => ({ customer, distanceM: null }))]
}

function CustomerRow({ customer, distanceM }: Row) {
  const { radius_m: radius } = customer
  const when = lastVisitOf(customer)
  return (
    <>
      <LastDisc customer={customer} />
      <span className="what">
        <b>{customer.name}</b>
        <span className="line">
          {customer.address === null ? when : `${when} · ${customer.address}`}
        </span>
      </span>
      {distanceM !== null && (
        <span className="value num">
          {distanceM <= radius ? (
            <Finding kind="verified">{metres(distanceM)}</Finding>
          ) : (
            metres(distanceM)
          )}
        </span>
      )}
    </>
  )
}

/** Whom somebody visited, of the customers on this phone. */
export function CustomerChoice(props: CustomerChoiceProps) {
  const { records, fix, isLooking, isGone = false, before, onTyping, onChoose } = props
  const [typed, setTyped] = useState('')
  const isOnline = useIsOnline()
  const rows = useMemo(() => rowsOf(records?.customers ?? [], fix), [records, fix])
  const parts = plain(typed).split(/\s+/).filter(Boolean)
  const found = rows.filter(({ customer: { name, address } }) => {
    const text = plain(`${name} ${address ?? ''}`)
    return parts.every((part) => text.includes(part))
  })
  const isEmpty = records !== undefined && rows.length === 0
  return (
    <section className="choice">
      <h1>{choose.title}</h1>
      <p className="muted">{isLooking && !fix ? choose.looking : choose.near}</p>
      <label className="find">
        <Search aria-hidden="true" />
        <input
          type="search"
          aria-label={choose.search}
          placeholder={choose.search}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            onTyping?.()
          }}
        />
      </label>
      {isGone && <Message kind="warning">{choose.gone}</Message>}
      {typed === '' && before}
      {isEmpty && (
        <p>
          {`${choose.empty}. `}
          {isOnline ? choose.emptyHelp : choose.emptyOffline}
        </p>
      )}
      {!isEmpty && found.length === 0 && typed !== '' && <p>{choose.none(typed)}</p>}
      {found.length > 0 && (
        <div className="phone-list">
          {found.slice(0, most).map((row) => (
            <button
              key={`${row.customer.resource_type} ${row.customer.id}`}
              type="button"
              className="phone-row"
              onClick={() => onChoose(row.customer)}
            >
              <CustomerRow {...row} />
            </button>
          ))}
        </div>
      )}
      {found.length > most && <p className="muted">{choose.more}</p>}
    </section>
  )
}
