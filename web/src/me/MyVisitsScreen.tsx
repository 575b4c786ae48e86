import './phone-screen.css'
import './my-visits.css'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'

import { myVisitsQuery, storedVisits, visitsSinceQuery } from '../api/my-visits.ts'
import { sessionQuery } from '../api/sessions.ts'
import { visitsOfDays } from '../api/stored-days.ts'
import { useRecordSync } from '../offline/use-records.ts'
import { useWaiting } from '../offline/use-waiting.ts'
import { useChangedVisits, withChange } from '../offline/visit-changes.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { dayOf, startOf, today } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { AsOf } from './AsOf.tsx'
import { DayOfVisits } from './DayOfVisits.tsx'
import { NoNetwork } from './NoNetwork.tsx'
import { StatusChips } from './StatusChips.tsx'
import { WaitingList } from './WaitingList.tsx'
import { Week } from './Week.tsx'

const { myVisits: words } = texts
const route = getRouteApi('/shell/my-visits')
const daysShown = 7

/** The rep's own visits, a week at a time, with what was found of each. */
export function MyVisitsScreen() {
  const { to, status } = route.useSearch()
  const last = to ?? today()
  const first = dayOf(startOf(last, 1 - daysShown))
  const { data: session } = useQuery(sessionQuery)
  const query = useQuery({
    ...myVisitsQuery(session?.user.id ?? 0, first, last),
    enabled: session !== undefined,
  })
  const waiting = useWaiting()
  const changed = useChangedVisits()
  useTitle(texts.screens.myVisits)
  useRecordSync()
  // Without a network a new day has nothing of its own: what was read the day before is shown.
  const stored =
    query.data === undefined
      ? visitsOfDays(storedVisits(session?.user.id ?? 0), first, last)
      : undefined
  const isShown = stored !== undefined && (query.error !== null || stored.visits.length > 0)
  const known = query.data ?? (isShown ? stored.visits : undefined)
  const visits = (known ?? []).map((visit) =>
    withChange(
      visit,
      changed.find(({ id }) => id === visit.id),
    ),
  )
  const days = Array.from({ length: daysShown }, (_, index) => dayOf(startOf(first, index)))
  return (
    <div className="phone-page phone-screen my-visits">
      <header>
        <h1>{words.title}</h1>
        <NoNetwork />
        <ThisMonth />
      </header>
      <Week days={days} visits={known && visits} />
      <StatusChips visits={visits} />
      {to === undefined && <WaitingList waiting={waiting} />}
      {!known && query.isPending && <Skeleton rows={6} rowPx={62} />}
      {!known && query.error && (
        <Failed title={words.failed} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {known && <Days days={days} visits={visits} status={status} />}
      <AsOf
        query={{
          data: known,
          error: query.error,
          dataUpdatedAt: stored?.at ?? query.dataUpdatedAt,
        }}
      />
      <p className="weeks">
        <Link
          from="/my-visits"
          className={buttonClass({})}
          search={{ to: dayOf(startOf(first, -1)), status }}
        >
          {words.earlier}
        </Link>
        {to !== undefined && (
          <Link from="/my-visits" className={buttonClass({})} search={{ status }}>
            {words.later}
          </Link>
        )}
      </p>
    </div>
  )
}

/** How many there are since the first of the month, and the list of them. */
function ThisMonth() {
  const { data: session } = useQuery(sessionQuery)
  const from = `${today().slice(0, 8)}01`
  const id = session?.user.id ?? 0
  const { data } = useQuery({ ...visitsSinceQuery(id, from), enabled: id > 0 })
  if (data === undefined) return undefined
  return (
    <Link className="text-button num" to="/visits" search={{ rep: [id], from }}>
      {words.thisMonth(data)}
    </Link>
  )
}

interface DaysProps {
  readonly days: readonly string[]
  readonly visits: readonly Visit[]
  readonly status: Visit['rep_location_verification_status'] | undefined
}

/** The newest day first, without those on which there was nothing. */
function Days({ days, visits, status }: DaysProps) {
  const shown = visits.filter(
    (visit) => status === undefined || visit.rep_location_verification_status === status,
  )
  if (shown.length === 0) {
    const { title, help, action } = visits.length === 0 ? words.none : words.noneSo
    return (
      <Empty title={title} help={help}>
        {visits.length === 0 ? (
          <Link className={buttonClass({})} to="/log">
            {action}
          </Link>
        ) : (
          <Link
            className={buttonClass({})}
            from="/my-visits"
            search={({ to }) => (to === undefined ? {} : { to })}
          >
            {action}
          </Link>
        )}
      </Empty>
    )
  }
  return days.toReversed().map((day) => {
    const of = shown.filter(({ visited_at: at }) => dayOf(at) === day)
    return of.length > 0 && <DayOfVisits key={day} day={day} visits={of} />
  })
}
