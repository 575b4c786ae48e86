import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'

import type { Place } from '../map/movable-pin.ts'
import { metresBetween } from '../map/places.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Finding } from '../parts/Finding.tsx'
import { dayOf, printDay } from '../texts/days.ts'
import { addresses } from '../texts/en/addresses.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { repName } from '../visits/columns.tsx'
import { VisitFinding } from '../visits/VisitFinding.tsx'
import type { PlacedVisit } from './visits-there.ts'

const words = addresses

interface VisitsAgainProps {
  readonly placed: readonly PlacedVisit[]
  readonly pin: Place
  readonly radiusM: number
}

/** Each visit as it was judged, and how far it would be from the new pin. */
export const VisitsAgain = ({ placed, pin, radiusM }: VisitsAgainProps) => (
  <ul className="visits-again">
    {placed.map(({ visit, place }) => {
      const m = metresBetween(pin, place)
      const kind = m <= radiusM ? 'verified' : 'resource_location_too_far'
      return (
        <li key={visit.id}>
          <Link className="num" to="/visits/$id" params={{ id: String(visit.id) }}>
            {printDay(dayOf(visit.visited_at))}
          </Link>
          <span className="rep">
            <Avatar id={visit.creator_id} name={repName(visit)} size="small" />
            <span dir="auto" className="ellipsis">
              {repName(visit)}
            </span>
          </span>
          <VisitFinding visit={visit} />
          <span className="faint">
            <ArrowRight aria-hidden="true" />
            <span className="unseen">{words.wouldBe}</span>
          </span>
          <span title={texts.visits.findings[kind]}>
            <Finding kind={kind}>{metres(m)}</Finding>
          </span>
        </li>
      )
    })}
  </ul>
)
