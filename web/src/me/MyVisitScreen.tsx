import './phone-screen.css'
import './my-visit.css'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { appQuery } from '../api/app-info.ts'
import { findMine } from '../api/my-visits.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useUserName } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { findingOf, visitQuery } from '../api/visits.ts'
import type { ChangedVisit } from '../offline/changed-visits.ts'
import { useSafety } from '../offline/safety.ts'
import { useChangedVisits, withChange } from '../offline/visit-changes.ts'
import { Outcome } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { dayOf, daysAgo, printDay, printShortDay, startOf } from '../texts/days.ts'
import { time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName } from '../visits/columns.tsx'
import { Evidence } from '../visits/Evidence.tsx'
import { mapOf } from '../visits/map-of.ts'
import { MiniMap } from '../visits/MiniMap.tsx'
import { Verdict } from '../visits/Verdict.tsx'
import { NoVisit } from '../visits/VisitPanel.tsx'
import { dayNameOf } from './DayOfVisits.tsx'
import { EditVisit } from './EditVisit.tsx'
import { MyVisitFoot } from './MyVisitFoot.tsx'
import { MyVisitMenu } from './MyVisitMenu.tsx'
import { NoNetwork } from './NoNetwork.tsx'

const { myVisits: words } = texts
const route = getRouteApi('/shell/my-visits/$id')

/** One of the rep's visits: where it was, what was found, and what can be done about it. */
export function MyVisitScreen() {
  const id = Number(route.useParams().id)
  const query = useQuery(visitQuery(id))
  const changed = useChangedVisits().find((each) => each.id === id)
  const known = query.data ?? findMine(id)
  const visit = known && withChange(known, changed)
  const [isEditing, setIsEditing] = useState(false)
  const [openings, setOpenings] = useState(0)
  useTitle(visit?.resource?.name ?? texts.screens.myVisits)
  const edit = () => {
    setOpenings(openings + 1)
    setIsEditing(true)
  }
  return (
    <div className="my-visit">
      <div className="phone-page phone-screen">
        <div className="top">
          <Link className="back-link" to="/my-visits">
            <ChevronLeft aria-hidden="true" />
            {words.title}
          </Link>
          <NoNetwork />
          {visit && <MyVisitMenu visit={visit} onEdit={edit} />}
        </div>
        {visit && <MyVisit visit={visit} changed={changed} />}
        {!visit && query.isPending && <Skeleton rows={6} hasDisc={false} />}
        {!visit && query.error && (
          <NoVisit error={query.error} onRetry={() => void query.refetch()} />
        )}
      </div>
      {visit && <MyVisitFoot visit={visit} changed={changed} />}
      {visit && (
        <EditVisit
          key={`${visit.id} ${openings}`}
          visit={visit}
          isOpen={isEditing}
          onClose={() => setIsEditing(false)}
        />
      )}
    </div>
  )
}

interface MyVisitProps {
  readonly visit: Visit
  readonly changed: ChangedVisit | undefined
}

function MyVisit({ visit, changed }: MyVisitProps) {
  const outcome = useOutcome()(visit.outcome_id)
  const map = mapOf(visit)
  const day = dayOf(visit.visited_at)
  const isInPage = useSafety() === 'page'
  return (
    <>
      <h1>{customerName(visit)}</h1>
      <p className="when num">
        <Outcome
          outcome={{
            ...outcome,
            name: words.when(
              outcome.name,
              daysAgo(day) < 2 ? dayNameOf(day) : printDay(day),
              time(visit.visited_at),
            ),
          }}
        />
      </p>
      {map && (
        <MiniMap
          {...map}
          color={outcome.color}
          status={visit.rep_location_verification_status}
          width={358}
          height={200}
        />
      )}
      <Verdict visit={visit} isOwn>
        <SameSentence />
      </Verdict>
      <Evidence visit={visit} />
      <div className="phone-list visit-facts">
        <p className={visit.summary ? 'note' : 'note none'}>
          {visit.summary || texts.visit.noNote}
        </p>
        <KeptUntil visit={visit} />
      </div>
      {changed && Object.keys(changed.change).length > 0 && (
        <p className="fine" role="status">
          {changed.problem === null ? words.notSent(isInPage) : words.refused(changed.problem)}
        </p>
      )}
    </>
  )
}

/** Nothing else is said to the manager. */
function SameSentence() {
  const { data: session } = useQuery(sessionQuery)
  const manager = useUserName()(session?.user.reports_to ?? null)
  return manager === undefined ? undefined : ` ${words.same(manager.split(' ')[0] ?? manager)}`
}

function KeptUntil({ visit }: { readonly visit: Visit }) {
  const { data: app } = useQuery(appQuery)
  const { verification } = visit
  if (!app || !verification || findingOf(visit)?.distance_m === null) return undefined
  if (!verification.location) return <p className="kept">{words.removed}</p>
  const until = startOf(dayOf(visit.created_at), app.location.days_kept)
  return (
    <Link className="kept" to="/me/location">
      {words.keptUntil(printShortDay(dayOf(until)))}
      <ChevronRight aria-hidden="true" />
    </Link>
  )
}
