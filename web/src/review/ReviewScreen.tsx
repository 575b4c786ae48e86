import '../parts/segmented.css'
import './review.css'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { reviewCountsQuery } from '../api/review-counts.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useMayReview, usersQuery } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { visitQuery } from '../api/visits.ts'
import { FilterBar, isFiltered } from '../filters/FilterBar.tsx'
import { Bar } from '../parts/Bar.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import type { VisitFilters } from '../search.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { BulkBar } from '../visits/BulkBar.tsx'
import { NewVisits } from '../visits/NewVisits.tsx'
import { ReviewFoot } from '../visits/ReviewFoot.tsx'
import { useSelection } from '../visits/use-selection.ts'
import { useVisitList } from '../visits/use-visit-list.ts'
import { VisitDetails } from '../visits/VisitDetails.tsx'
import { ProposedPins } from './ProposedPins.tsx'
import { queueOf } from './queue.ts'
import { Queue } from './Queue.tsx'
import { RepSide } from './RepSide.tsx'
import { decidedBy, filtersOf, reviewKinds, type ReviewSearch } from './review-search.ts'
import { Reviewed } from './Reviewed.tsx'

const route = getRouteApi('/shell/review')
const { review } = texts

function Kinds({ search }: { readonly search: ReviewSearch }) {
  const { data: counts } = useQuery(reviewCountsQuery)
  return (
    <nav className="segmented kinds" aria-label={review.kinds}>
      {([undefined, ...reviewKinds, 'pins'] as const).map((kind) => (
        <Link
          key={kind ?? 'all'}
          to="/review"
          search={{ ...search, kind, visit: undefined }}
          {...(search.kind === kind && { 'data-pressed': '', 'aria-current': 'page' as const })}
        >
          {kind ? review.kindNames[kind] : review.all}
          {kind && counts && !isFiltered(search) && (
            <span className="faint num">
              {count(counts[kind === 'pins' ? 'pin_changes' : kind])}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}

/** The visit with where the rep was, which is read only of visits that somebody opens. */
function Opened({ visit, mapWidth }: { readonly visit: Visit; readonly mapWidth: number }) {
  const { data = visit } = useQuery(visitQuery(visit.id))
  return <VisitDetails visit={data} mapWidth={mapWidth} />
}

/** What waits for a decision: visits, or pins that reps propose. */
export function ReviewScreen() {
  const search = route.useSearch()
  if (search.kind !== 'pins') return <VisitReviews />
  return (
    <>
      <Bar title={texts.screens.review}>
        <Kinds search={search} />
      </Bar>
      <ProposedPins />
    </>
  )
}

/** So few that are left, more are asked for. */
const few = 20

/** What waits for whoever is signed in; nobody decides about their own visits. */
function useQueue(search: ReviewSearch) {
  const kind = search.kind === 'pins' ? undefined : search.kind
  const { data: session } = useQuery(sessionQuery)
  const users = useQuery(usersQuery)
  const mayReview = useMayReview()
  const me = session?.user
  // Others see visits to their customers too, which are for others to review.
  const below = search.below ?? (me?.role === 'admin' ? undefined : me?.id)
  const list = useVisitList(filtersOf({ ...search, below }), false)
  const queue = queueOf(list.visits, kind).filter(({ creator_id: by }) => mayReview(by))
  const { readMore } = list
  // Without them nobody is known whom one may review.
  const error = list.error ?? (users.data ? null : users.error)
  const mayRead = list.hasMore && !error && queue.length < few
  useEffect(() => {
    if (mayRead) readMore()
  }, [mayRead, readMore])
  const isLoading = list.isLoading || users.isPending || (list.hasMore && queue.length === 0)
  const readAgain = () => {
    list.readAgain()
    if (!users.data) void users.refetch()
  }
  return { list, queue, below, isLoading, error, readAgain }
}

function Middle({ visit, hasKeys }: Parameters<typeof ReviewFoot>[0]) {
  const isPhone = useIsPhone()
  return (
    <section className="middle">
      <div className="scrolls">
        <Opened key={visit.id} visit={visit} mapWidth={isPhone ? 346 : 640} />
      </div>
      <ReviewFoot key={visit.id} visit={visit} hasKeys={hasKeys} />
    </section>
  )
}

/** The queue, one visit of it, and what else is known of its rep. */
function VisitReviews() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState(0)
  const outcome = useOutcome()
  const { list, queue, below, isLoading, error, readAgain } = useQueue(search)
  const { data: totals } = useQuery({ ...reviewCountsQuery, enabled: !isFiltered(search) })
  const selection = useSelection(queue)
  const at = Math.min(chosen, queue.length - 1)
  const current = queue[at]
  const move = (by: number) => setChosen(Math.max(0, Math.min(queue.length - 1, at + by)))
  const onChange = (change: Partial<VisitFilters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }) })
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    x: () => current && selection.toggle(current.id),
    'shift+x': () => current && selection.extendTo(current.id),
    escape: selection.clear,
  })
  return (
    <>
      <Bar title={texts.screens.review}>
        <Kinds search={search} />
        <FilterBar search={search} onChange={onChange} without={decidedBy(search.kind)} />
      </Bar>
      <div className="review">
        {error && queue.length === 0 && (
          <Failed title={texts.visits.failed} error={error} onRetry={readAgain} />
        )}
        {isLoading && !error && !current && <Skeleton rows={10} />}
        {!isLoading && !error && !current && (
          <Empty title={review.done0} help={review.done0Help}>
            <Reviewed below={below} />
          </Empty>
        )}
        {current && (
          <>
            <section className="queue">
              <NewVisits list={list} />
              <Queue
                queue={queue}
                at={at}
                hasMore={list.hasMore}
                totals={isFiltered(search) ? undefined : totals}
                outcome={outcome}
                selection={selection}
                onChosen={setChosen}
              />
              {list.hasMore && (
                <Button kind="ghost" onClick={list.readRest}>
                  {review.more}
                </Button>
              )}
              <Reviewed below={below} />
            </section>
            <Middle visit={current} hasKeys={selection.ids.size === 0} />
            <RepSide visit={current} />
            {selection.ids.size > 0 && <BulkBar visits={queue} selection={selection} isNarrow />}
          </>
        )}
      </div>
    </>
  )
}
