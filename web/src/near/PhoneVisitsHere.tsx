import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { CustomerKey } from '../api/customers.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { useIsOnline } from '../offline/connection.ts'
import { Finding } from '../parts/Finding.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { dayOf, printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { repName } from '../visits/columns.tsx'
import { useVisitList } from '../visits/use-visit-list.ts'
import { VisitFinding } from '../visits/VisitFinding.tsx'

const words = texts.near.customer
const shown = 3

function VisitRow({ visit }: { readonly visit: Visit }) {
  const outcome = useOutcome()(visit.outcome_id)
  const { data: session } = useQuery(sessionQuery)
  const day = printShortDay(dayOf(visit.visited_at))
  const isMine = session?.user.id === visit.creator_id
  return (
    <Link className="near-row" to="/visits/$id" params={{ id: String(visit.id) }}>
      <OutcomeDisc outcome={outcome} />
      <span className="what">
        <b dir="auto" className="ellipsis">
          {outcome.name}
        </b>
        <span className="line ellipsis">
          {`${day}, `}
          {isMine ? words.you : <bdi>{repName(visit)}</bdi>}
        </span>
      </span>
      <span className="end">
        <VisitFinding visit={visit} />
      </span>
    </Link>
  )
}

interface PhoneVisitsHereProps {
  readonly customerKey: CustomerKey
  /** How many there were when the customer was read. */
  readonly count: number
  readonly isWaiting: boolean
}

/** The last visits here; the one that waits on this phone before them. */
export function PhoneVisitsHere({ customerKey, count, isWaiting }: PhoneVisitsHereProps) {
  const { type, id } = customerKey
  const { visits, total, isLoading, error } = useVisitList({ type, customer: id }, true)
  const isOnline = useIsOnline()
  const isUnreached = visits.length === 0 && (!isOnline || error !== null)
  return (
    <section className="visits-here">
      <div className="head">
        <h2>{words.visits(total ?? count)}</h2>
        {visits.length > shown && (
          <Link className="link" to="/visits" search={{ type, customer: id }}>
            {words.allVisits}
          </Link>
        )}
      </div>
      {isWaiting && (
        <p className="waiting">
          <Finding kind="waiting">{texts.near.visitWaits}</Finding>
        </p>
      )}
      {isLoading && !isUnreached && <Skeleton rows={2} />}
      {isUnreached && <p className="muted">{words.visitsOffline}</p>}
      {!isLoading && !isUnreached && visits.length === 0 && (
        <p className="muted">{words.noVisits}</p>
      )}
      {visits.length > 0 && (
        <div className="list">
          {visits.slice(0, shown).map((visit) => (
            <VisitRow key={visit.id} visit={visit} />
          ))}
        </div>
      )}
    </section>
  )
}
