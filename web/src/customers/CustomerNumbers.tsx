import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { type Customer, verifiedRateQuery } from '../api/customers.ts'
import { daysAgo, dayOf } from '../texts/days.ts'
import { duration } from '../texts/durations.ts'
import { count, utc, wholePercent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { daysUntil, visitedDay } from './customer-columns.tsx'

const { numbers, due } = texts.customer

const dayS = 86_400

function sinceLast(at: string): string {
  const days = daysAgo(dayOf(at))
  return days < 2 ? visitedDay(at) : duration(days * dayS)
}

const lastWords = (at: string): string =>
  daysAgo(dayOf(at)) < 2 ? numbers.last : numbers.sinceLast

interface CustomerNumbersProps {
  readonly customer: Customer
}

/** How often, how long ago, and how sure; each number leads to its visits. */
export function CustomerNumbers({ customer }: CustomerNumbersProps) {
  const { resource_type: type, id, last_visit: last, visits_count: visits } = customer
  const { data: rate } = useQuery(verifiedRateQuery({ type, id }))
  const here = { type, customer: id }
  const days = customer.due_at === null ? undefined : daysUntil(customer.due_at)
  return (
    <>
      <div className="customer-numbers">
        <p>
          {visits > 0 ? (
            <Link className="figure link" to="/visits" search={here}>
              {count(visits)}
            </Link>
          ) : (
            <span className="figure">{count(0)}</span>
          )}
          <span>{numbers.visits(visits)}</span>
        </p>
        <p>
          {last ? (
            <Link
              className="figure"
              to="/visits/$id"
              params={{ id: String(last.id) }}
              title={utc(last.at)}
            >
              {sinceLast(last.at)}
            </Link>
          ) : (
            <span className="figure">{numbers.never}</span>
          )}
          <span>{last ? lastWords(last.at) : numbers.visited}</span>
        </p>
        <p>
          {typeof rate === 'number' ? (
            <Link className="figure link" to="/visits" search={{ ...here, status: ['verified'] }}>
              {wholePercent(rate)}
            </Link>
          ) : (
            <span className="figure" title={numbers.noRate}>
              {numbers.none}
            </span>
          )}
          <span>{numbers.verified}</span>
        </p>
      </div>
      {days !== undefined && (
        <p className={days <= 0 ? 'due-line' : 'due-line faint'}>
          {days <= 0 ? due.late(-days) : due.in(days)}
        </p>
      )}
    </>
  )
}
