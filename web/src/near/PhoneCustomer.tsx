import './near.css'
import './near-list.css'
import './why.css'
import './place.css'
import './phone-customer.css'
import { NotFoundError } from '@doorstep/client/errors'
import type { Customer } from '@doorstep/contract/customers'
import { useQuery } from '@tanstack/react-query'
import { Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import { ChevronLeft, Navigation, Phone } from 'lucide-react'
import { useMemo } from 'react'

import { type CustomerKey, customerQuery, nameOf } from '../api/customers.ts'
import { metresBetween } from '../map/places.ts'
import { recordKey } from '../offline/database.ts'
import type { Fix } from '../offline/fixes.ts'
import { useHere } from '../offline/use-here.ts'
import { useOutbox } from '../offline/use-outbox.ts'
import { useRecords } from '../offline/use-records.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { CustomerMenu } from './CustomerMenu.tsx'
import { CustomerSummary } from './CustomerSummary.tsx'
import { navigationLink } from './navigation-link.ts'
import { PhoneVisitsHere } from './PhoneVisitsHere.tsx'
import { PlaceMap } from './PlaceMap.tsx'
import { placeOf } from './use-near-map.ts'
import { usePhoneNumber } from './use-phone-number.ts'
import { withWaiting } from './waiting-visits.ts'

const words = texts.near.customer

interface WithCustomer {
  readonly customer: Customer
}

const keyOf = ({ resource_type: type, id }: Customer): CustomerKey => ({ type, id })

function Actions({ customer }: WithCustomer) {
  const number = usePhoneNumber(keyOf(customer))
  const place = placeOf(customer)
  const href = navigationLink(place, customer.address, nameOf(customer))
  if (href === null && number === null) return null
  return (
    <div className="pair">
      {href !== null && (
        <a className={buttonClass({ size: 'large' })} href={href}>
          <Navigation aria-hidden="true" />
          {words.navigate}
        </a>
      )}
      {number !== null && (
        <a
          className={buttonClass({ size: 'large' })}
          href={`tel:${number.replaceAll(/[^\d+*#]/g, '')}`}
          aria-label={words.callName(number)}
        >
          <Phone aria-hidden="true" />
          {words.call}
        </a>
      )}
    </div>
  )
}

function useDistance(customer: Customer, fix: Fix | null): number | null {
  const place = placeOf(customer)
  return place && fix ? metresBetween(place, fix) : null
}

function Known({ customer: read, onAll }: WithCustomer & { readonly onAll: () => void }) {
  const { fix } = useHere()
  const { rows } = useOutbox()
  const customer = useMemo(() => withWaiting([read], rows)[0] ?? read, [read, rows])
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const key = keyOf(customer)
  const isWaiting = rows.some(
    ({ draft }) => draft.resource_type === key.type && draft.resource_id === key.id,
  )
  const distanceM = useDistance(customer, fix)
  const back = () => {
    if (canGoBack) router.history.back()
    else void router.navigate({ to: '/near' })
  }
  return (
    <div className="place-screen no-tabs">
      {customer.latitude === null ? (
        <div className="place-map unplaced" />
      ) : (
        <PlaceMap customer={customer} fix={fix} distanceM={distanceM} isWaiting={isWaiting} />
      )}
      <button type="button" className="near-button back" aria-label={words.back} onClick={back}>
        <ChevronLeft aria-hidden="true" />
      </button>
      <CustomerMenu customerKey={key} onAll={onAll} />
      <article className="place-sheet phone-customer">
        <div>
          <h1>{nameOf(customer)}</h1>
          <p className="muted">{customer.address ?? words.noAddress}</p>
          {distanceM !== null && <p className="muted">{words.away(distanceM)}</p>}
          {customer.latitude === null && <p className="muted">{words.noPin}</p>}
        </div>
        <Actions customer={customer} />
        <CustomerSummary customer={customer} />
        <PhoneVisitsHere customerKey={key} count={customer.visits_count} isWaiting={isWaiting} />
        <div className="near-foot">
          <Link
            className={buttonClass({ kind: 'primary', size: 'large', isWide: true })}
            to="/log"
            search={{ type: key.type, customer: key.id }}
          >
            {words.log}
          </Link>
        </div>
      </article>
    </div>
  )
}

function Absent({ isMissing }: { readonly isMissing: boolean }) {
  const { missing } = texts.customer
  return (
    <Empty
      title={isMissing ? missing.title : words.offlineTitle}
      help={isMissing ? missing.help : words.offlineHelp}
    >
      <Link className={buttonClass({})} to="/near">
        {texts.screens.near}
      </Link>
    </Empty>
  )
}

interface PhoneCustomerProps {
  readonly customerKey: CustomerKey
  /** Shows everything about the customer, as at the desk. */
  readonly onAll: () => void
}

/** A customer for whoever stands before it: where, how to reach it, what happened last. */
export function PhoneCustomer({ customerKey, onAll }: PhoneCustomerProps) {
  const records = useRecords()
  const { data, error } = useQuery(customerQuery(customerKey))
  const { type, id } = customerKey
  const held = useMemo(
    () =>
      records?.customers.find(
        (each) => recordKey(each.resource_type, each.id) === recordKey(type, id),
      ),
    [records, type, id],
  )
  const read = data && 'name' in data ? data : undefined
  const customer = read ?? held
  useTitle(customer ? nameOf(customer) : texts.screens.customer)
  if (customer && !(data && 'deleted' in data)) return <Known customer={customer} onAll={onAll} />
  if (data || (error && records)) {
    return <Absent isMissing={data !== undefined || error instanceof NotFoundError} />
  }
  return <Skeleton rows={8} />
}
