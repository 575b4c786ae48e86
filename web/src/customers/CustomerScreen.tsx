import '../parts/bar.css'
import './customer.css'
import { NotFoundError } from '@doorstep/client/errors'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'

import {
  type Customer,
  type CustomerKey,
  customerQuery,
  type Deletion,
  recordQuery,
  nameOf,
} from '../api/customers.ts'
import { visitsThereQuery } from '../api/unplaced.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { oneOf } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { useVisitList } from '../visits/use-visit-list.ts'
import { CustomerBar } from './CustomerBar.tsx'
import { CustomerMap } from './CustomerMap.tsx'
import { CustomerRecord } from './CustomerRecord.tsx'
import { CustomerVisits } from './CustomerVisits.tsx'
import { DeletedCustomer } from './DeletedCustomer.tsx'
import { useProposals, useSuggestion } from './PinMessages.tsx'
import { useRights } from './use-rights.ts'

const route = getRouteApi('/shell/customers/$type/$id')
const words = texts.customer

/** Loaded only where it is shown. */
const PhoneCustomer = lazy(async () => ({
  default: (await import('../near/PhoneCustomer.tsx')).PhoneCustomer,
}))

interface WithKey {
  readonly customerKey: CustomerKey
}

/** The visits here, and the outcome by which they are filtered. */
function useVisitsHere({ type, id }: CustomerKey) {
  const [outcome, setOutcome] = useState<readonly number[]>()
  const [isAtTop, setIsAtTop] = useState(true)
  const [pointed, setPointed] = useState<Visit>()
  const list = useVisitList({ type, customer: id, outcome }, isAtTop)
  return {
    outcome,
    list,
    pointed,
    onOutcome: setOutcome,
    onPointed: setPointed,
    onScrolled: setIsAtTop,
  }
}

const noVisits: readonly Visit[] = []

/** The newest visits with where the phones were, which the list does not say. */
function usePlaced(key: CustomerKey, outcome: readonly number[] | undefined): readonly Visit[] {
  const { data } = useQuery(visitsThereQuery(key))
  const visits = data?.visits ?? noVisits
  return useMemo(
    () => visits.filter(({ outcome_id: id }) => !outcome || (id !== null && outcome.includes(id))),
    [visits, outcome],
  )
}

function Known({ customerKey, customer }: WithKey & { readonly customer: Customer }) {
  const { data: known } = useQuery(recordQuery(customerKey))
  const here = useVisitsHere(customerKey)
  const rights = useRights(customer.owner_id)
  const suggestion = useSuggestion(customerKey)
  const [proposal] = useProposals(customerKey)
  const [fits, setFits] = useState(0)
  const placed = usePlaced(customerKey, here.outcome)
  const shared = { customer, known, suggestion, rights }
  return (
    <div className="customer-page">
      <CustomerRecord {...shared} onCompare={() => setFits(fits + 1)} />
      <CustomerMap
        key={`${customerKey.type} ${customerKey.id}`}
        {...shared}
        proposal={proposal}
        visits={placed}
        pointed={placed.find(({ id }) => id === here.pointed?.id)}
        fits={fits}
      />
      <CustomerVisits customer={customerKey} {...here} />
    </div>
  )
}

/** The three panes. */
const Loading = () => (
  <div className="customer-page">
    <section className="customer-record">
      <Skeleton rows={8} hasDisc={false} />
    </section>
    <div className="customer-map" />
    <section className="customer-visits">
      <Skeleton rows={8} rowPx={68} />
    </section>
  </div>
)

const Missing = () => (
  <Empty title={words.missing.title} help={words.missing.help}>
    <Link className={buttonClass({})} to="/customers">
      {words.missing.action}
    </Link>
  </Empty>
)

function titleOf({ type }: CustomerKey, data: Customer | Deletion | undefined): string {
  if (!data) return texts.screens.customer
  return 'name' in data ? nameOf(data) : words.deleted.kindOf[type]
}

function Page({ customerKey }: WithKey) {
  const { data, error, refetch } = useQuery(customerQuery(customerKey))
  const isThere = data !== undefined && 'name' in data
  const isMissing = !data && error instanceof NotFoundError
  return (
    <>
      <CustomerBar
        customerKey={customerKey}
        title={titleOf(customerKey, data)}
        isThere={isThere}
        isMissing={isMissing}
      />
      {data && 'name' in data && <Known customerKey={customerKey} customer={data} />}
      {data && 'deleted' in data && <DeletedCustomer deletion={data} />}
      {!data && !error && <Loading />}
      {isMissing && <Missing />}
      {!data && error && !isMissing && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
    </>
  )
}

/** A lead or contact with its places, its visits, and both on a map. */
export function CustomerScreen() {
  const params = route.useParams()
  const type = oneOf(['lead', 'contact'], params.type)
  const id = Number(params.id)
  if (!type || !Number.isSafeInteger(id) || id < 1) return <Missing />
  return <OnEither key={`${type} ${id}`} customerKey={{ type, id }} />
}

/** On a phone first what somebody before the door needs. */
function OnEither({ customerKey }: WithKey) {
  const isPhone = useIsPhone()
  const [isAll, setIsAll] = useState(false)
  if (isPhone && !isAll) {
    return (
      <Suspense>
        <PhoneCustomer customerKey={customerKey} onAll={() => setIsAll(true)} />
      </Suspense>
    )
  }
  return <Page customerKey={customerKey} />
}
