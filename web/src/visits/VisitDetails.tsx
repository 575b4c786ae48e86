import './visit.css'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { appQuery } from '../api/app-info.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { OutcomeChip } from '../parts/Outcome.tsx'
import { daysAgo, printDay } from '../texts/days.ts'
import { utc } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName, repName } from './columns.tsx'
import { Evidence } from './Evidence.tsx'
import { mapOf } from './map-of.ts'
import { MiniMap } from './MiniMap.tsx'
import { Verdict } from './Verdict.tsx'
import { visitDay, visitTime } from './visit-time.ts'
import { VisitFinding } from './VisitFinding.tsx'
import { VisitHistory } from './VisitHistory.tsx'

const { visit: words } = texts

function whenOf(visit: Visit): string {
  const day = visitDay(visit)
  const ago = daysAgo(day)
  const name = ago === 0 ? words.today : ago === 1 ? words.yesterday : printDay(day)
  return words.when(name, visitTime(visit))
}

interface VisitDetailsProps {
  readonly visit: Visit
  /** Of the map, in pixels: its labels keep their size. */
  readonly mapWidth?: number | undefined
  /** Beside its title. */
  readonly children?: ReactNode
}

/** All that is known of a visit, from the sentence to its evidence. */
export function VisitDetails({ visit, mapWidth = 336, children }: VisitDetailsProps) {
  const outcome = useOutcome()(visit.outcome_id)
  const { data: session } = useQuery(sessionQuery)
  const { data: app } = useQuery(appQuery)
  const map = mapOf(visit)
  const { verification } = visit
  const isRemoved = verification && verification.distance_m !== null && !verification.location
  const customer = { type: visit.resource_type, id: String(visit.resource_id) }
  return (
    <div className="visit-details">
      <header>
        <div>
          <h2 className="title">
            <Link to="/customers/$type/$id" params={customer}>
              {customerName(visit)}
            </Link>
          </h2>
          {visit.resource_address && <p className="muted">{visit.resource_address}</p>}
        </div>
        {children}
      </header>
      <p className="who" title={utc(visit.visited_at)}>
        <Avatar id={visit.creator_id} name={repName(visit)} />
        <span>
          <b>{repName(visit)}</b>
          {`, ${whenOf(visit)}`}
        </span>
      </p>
      <p className="chips">
        <OutcomeChip outcome={outcome} />
        <VisitFinding visit={visit} isChip />
      </p>
      {map && (
        <MiniMap
          {...map}
          color={outcome.color}
          status={visit.rep_location_verification_status}
          width={mapWidth}
          height={mapWidth > 500 ? 240 : 176}
        />
      )}
      <Verdict visit={visit} isOwn={session?.user.id === visit.creator_id} />
      {isRemoved && app && <p className="faint small">{words.removed(app.location.days_kept)}</p>}
      <Evidence visit={visit} />
      <section>
        <h3 className="eyebrow">{words.note}</h3>
        <p className={visit.summary ? 'note' : 'faint'}>{visit.summary || words.noNote}</p>
      </section>
      <VisitHistory visit={visit} />
    </div>
  )
}
