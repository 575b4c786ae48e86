import './customer-visits.css'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { type CustomerKey, firstVisitQuery } from '../api/customers.ts'
import { sessionQuery } from '../api/sessions.ts'
import { outcomesQuery, useOutcome } from '../api/visit-outcomes.ts'
import { ChoiceFilter } from '../filters/ChoiceFilter.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { RestFailed } from '../parts/RestFailed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { printDayInMonth, printMonth } from '../texts/days.ts'
import { date, utc } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { repName } from '../visits/columns.tsx'
import type { VisitList } from '../visits/use-visit-list.ts'
import { visitClock, visitDay, visitZone } from '../visits/visit-time.ts'
import { VisitFinding } from '../visits/VisitFinding.tsx'

const words = texts.customer.visits

interface RowProps {
  readonly visit: Visit
  readonly onPointed: (visit: Visit | undefined) => void
}

function Row({ visit, onPointed }: RowProps) {
  const outcome = useOutcome()(visit.outcome_id)
  const other = visitZone(visit)
  return (
    <li>
      <Link
        className="visit-line"
        to="/visits/$id"
        params={{ id: String(visit.id) }}
        onMouseEnter={() => onPointed(visit)}
        onMouseLeave={() => onPointed(undefined)}
        onFocus={() => onPointed(visit)}
        onBlur={() => onPointed(undefined)}
      >
        <time className="when num" dateTime={visit.visited_at} title={utc(visit.visited_at)}>
          <b>{printDayInMonth(visitDay(visit))}</b>
          <span className="faint">{visitClock(visit)}</span>
          {other !== null && <span className="faint">{other}</span>}
        </time>
        <OutcomeDisc outcome={outcome} />
        <span className="what">
          <span className="first">
            <b dir="auto" className="ellipsis">
              {outcome.name}
            </b>
            <VisitFinding visit={visit} />
          </span>
          <span dir="auto" className="muted small ellipsis">
            {repName(visit)}
          </span>
          {visit.summary && <span className="note">{visit.summary}</span>}
        </span>
      </Link>
    </li>
  )
}

interface CustomerVisitsProps {
  readonly customer: CustomerKey
  readonly list: VisitList
  readonly outcome: readonly number[] | undefined
  readonly onOutcome: (outcome: readonly number[] | undefined) => void
  readonly onPointed: (visit: Visit | undefined) => void
  /** Whether the list stands at its top, where new visits may appear. */
  readonly onScrolled: (isAtTop: boolean) => void
}

/** So near to the end, the next page is asked for. */
const aheadPx = 800

function Head({ customer, list, outcome, onOutcome }: CustomerVisitsProps) {
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const { data: first } = useQuery(firstVisitQuery(customer))
  return (
    <header>
      <h2 className="num">{list.total !== undefined && words.visits(list.total)}</h2>
      {first && <span className="faint small">{words.since(date(first))}</span>}
      <span className="spread" />
      {(list.total !== 0 || outcome) && (
        <ChoiceFilter
          name={words.outcome}
          several={(count) => texts.filters.outcomes(count, outcomes.length)}
          choices={outcomes.map(({ id, name, color }) => ({
            value: id,
            name,
            icon: <i className="swatch" style={{ background: color }} />,
          }))}
          chosen={outcome ?? []}
          onChosen={(chosen) => onOutcome(chosen.length > 0 ? chosen : undefined)}
        />
      )}
    </header>
  )
}

function None({ list, outcome }: Pick<CustomerVisitsProps, 'list' | 'outcome'>) {
  const { data: session } = useQuery(sessionQuery)
  if (list.error) {
    return <Failed title={words.failed} error={list.error} onRetry={list.readAgain} />
  }
  if (list.isLoading) return <Skeleton rows={6} />
  if (outcome) return <p className="none muted">{words.filtered}</p>
  return session?.user.role === 'admin' ? (
    <Empty title={words.none} help={words.noneHelp} />
  ) : (
    <Empty title={words.noneSeen} help={words.noneSeenHelp} />
  )
}

/** The customer's visits under their months, with findings and distances. */
export function CustomerVisits(props: CustomerVisitsProps) {
  const { list, outcome, onPointed, onScrolled } = props
  const months = Map.groupBy(list.visits, (visit) => visitDay(visit).slice(0, 7))
  return (
    <section className="customer-visits" aria-label={words.name}>
      <Head {...props} />
      <div
        className="scrolls"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          onScrolled(scrollTop < 40)
          if (scrollTop + clientHeight + aheadPx > scrollHeight) list.readMore()
        }}
      >
        {list.visits.length === 0 && <None list={list} outcome={outcome} />}
        {[...months].map(([month, visits]) => (
          <section key={month} aria-label={printMonth(`${month}-01`)}>
            <h3 className="month">{printMonth(`${month}-01`)}</h3>
            <ul>
              {visits.map((visit) => (
                <Row key={visit.id} visit={visit} onPointed={onPointed} />
              ))}
            </ul>
          </section>
        ))}
        {list.hasRestFailed && <RestFailed onRetry={list.readRest} />}
      </div>
    </section>
  )
}
