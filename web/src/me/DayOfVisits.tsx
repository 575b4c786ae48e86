import { verificationStatuses } from '@doorstep/contract/findings'
import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'

import { useOutcome } from '../api/visit-outcomes.ts'
import { findingOf } from '../api/visits.ts'
import { Finding } from '../parts/Finding.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { daysAgo, startOf } from '../texts/days.ts'
import { accuracy, count, longDay, metres, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName } from '../visits/columns.tsx'

const { myVisits: words } = texts

export function dayNameOf(day: string): string {
  const ago = daysAgo(day)
  return ago === 0 ? words.today : ago === 1 ? words.yesterday : longDay(startOf(day))
}

interface DayOfVisitsProps {
  readonly day: string
  readonly visits: readonly Visit[]
}

/** The visits of one day, the latest first, and how many were found to be what. */
export const DayOfVisits = ({ day, visits }: DayOfVisitsProps) => (
  <section id={`day-${day}`} tabIndex={-1} aria-labelledby={`name-${day}`}>
    <div className="section-head">
      <h2 id={`name-${day}`}>{dayNameOf(day)}</h2>
      <span className="counts num">
        {verificationStatuses.map((status) => {
          const found = visits.filter((each) => each.rep_location_verification_status === status)
          if (found.length === 0) return undefined
          return (
            <span key={status} title={texts.findingNames[status]}>
              <Finding kind={status}>{count(found.length)}</Finding>
              <span className="unseen">{texts.findingNames[status]}</span>
            </span>
          )
        })}
      </span>
    </div>
    <div className="phone-list">
      {visits.map((visit) => (
        <VisitRow key={visit.id} visit={visit} />
      ))}
    </div>
  </section>
)

/** How far, or how sure where that was the reason, or the word where neither is known. */
function shortFinding(visit: Visit): string {
  const status = visit.rep_location_verification_status
  const finding = findingOf(visit)
  const sure = finding?.accuracy_m ?? null
  const away = finding?.distance_m ?? null
  if (status === 'location_unknown' && sure !== null) return accuracy(sure)
  return away === null ? texts.visits.findings[status] : metres(away)
}

function VisitRow({ visit }: { readonly visit: Visit }) {
  const outcome = useOutcome()(visit.outcome_id)
  const status = visit.rep_location_verification_status
  return (
    <Link className="phone-row visit-row" to="/my-visits/$id" params={{ id: String(visit.id) }}>
      <OutcomeDisc outcome={outcome} />
      <span className="what">
        <b dir="auto" className="ellipsis">
          {customerName(visit)}
        </b>
        <span className="line ellipsis num">
          {`${time(visit.visited_at)} · `}
          <bdi>{outcome.name}</bdi>
        </span>
      </span>
      <Finding kind={status}>{shortFinding(visit)}</Finding>
      <span className="unseen">{texts.findingNames[status]}</span>
    </Link>
  )
}
