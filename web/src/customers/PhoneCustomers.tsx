import '../visits/phone-visits.css'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { type CSSProperties, useState } from 'react'

import { type Customer, nameOf } from '../api/customers.ts'
import { Button } from '../parts/Button.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Names } from '../visits/columns.tsx'
import { Due, visitedDay } from './customer-columns.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { CustomerRows } from './CustomerRows.tsx'
import type { CustomersProps } from './customers-props.ts'
import { NewLead } from './NewLead.tsx'
import { NoCustomers } from './NoCustomers.tsx'
import { SearchBox } from './SearchBox.tsx'

const words = texts.customers

interface PhoneRowProps {
  readonly customer: Customer
  readonly names: Names
  readonly style: CSSProperties
}

function PhoneRow({ customer, names, style }: PhoneRowProps) {
  const { last_visit: last, address, resource_type: type, id } = customer
  return (
    <div role="row" className="phone-row" style={style}>
      <span role="cell">
        {last ? (
          <OutcomeDisc outcome={names.outcome(last.outcome_id)} />
        ) : (
          <span className="never-disc" title={words.filters.visitedStates.never} />
        )}
      </span>
      <span role="cell" className="words">
        <Link
          to="/customers/$type/$id"
          params={{ type, id: String(id) }}
          dir="auto"
          className="ellipsis"
        >
          {nameOf(customer)}
        </Link>
        <span dir="auto" className="muted ellipsis">
          {address ?? texts.customer.noAddress}
        </span>
      </span>
      <span role="cell" className="right num">
        <span className="muted">{last ? visitedDay(last.at) : words.never}</span>
        <Due at={customer.due_at} />
      </span>
    </div>
  )
}

/** The list of customers on a phone: rows of two lines instead of columns. */
export function PhoneCustomers(props: CustomersProps) {
  const { search, onChange, rows, names, isLoading, error } = props
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [isNew, setIsNew] = useState(false)
  useTitle(texts.screens.customers)
  return (
    <div className="phone-visits phone-customers">
      <header>
        <h1>{texts.screens.customers}</h1>
        <span className="faint num" role="status">
          {!isLoading && count(rows.length)}
        </span>
        <Button isIcon aria-label={words.create} onClick={() => setIsNew(true)}>
          <Plus aria-hidden="true" />
        </Button>
      </header>
      <SearchBox query={search.q} onQuery={(q) => onChange({ q })} />
      <CustomerFilters search={search} onChange={onChange} />
      {isLoading && !error && <Skeleton rows={8} />}
      {rows.length > 0 && (
        <div ref={setScroller} className="list" role="table" aria-label={words.table}>
          <CustomerRows rows={rows} scroller={scroller} rowPx={66} headPx={0} current={undefined}>
            {(customer, _, style) => <PhoneRow customer={customer} names={names} style={style} />}
          </CustomerRows>
        </div>
      )}
      <NoCustomers {...props} onNew={() => setIsNew(true)} />
      <NewLead isOpen={isNew} onClose={() => setIsNew(false)} />
    </div>
  )
}
