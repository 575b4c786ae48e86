import './review.css'
import './phone-review.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'

import { reviewCountsQuery } from '../api/review-counts.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useMayReview, usersQuery } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { FilterBar, isFiltered } from '../filters/FilterBar.tsx'
import { Bar } from '../parts/Bar.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import type { VisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import { BulkBar } from '../visits/BulkBar.tsx'
import { NewVisits } from '../visits/NewVisits.tsx'
import { type Selection, useSelection } from '../visits/use-selection.ts'
import { useVisitList } from '../visits/use-visit-list.ts'
import { countOf, Kinds } from './Kinds.tsx'
import { PhoneReview } from './PhoneReview.tsx'
import { ProposedPins } from './ProposedPins.tsx'
import { queueOf } from './queue.ts'
import { Queue, QueueLoading } from './Queue.tsx'
import { RepSide } from './RepSide.tsx'
import { decidedBy, filtersOf, type ReviewSearch } from './review-search.ts'
import { Reviewed } from './Reviewed.tsx'
import { ReviewedVisit } from './ReviewedVisit.tsx'
import { useChosen } from './use-chosen.ts'

const route = getRouteApi('/shell/review')
const { review } = texts

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

/** The queue, one visit of it, and what else is known of its rep. */
function VisitReviews() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const waiting = useQueue(search)
  const { queue, below, isLoading, error, readAgain } = waiting
  const selection = useSelection(queue)
  const chosen = useChosen(queue, selection)
  const onChange = (change: Partial<VisitFilters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }) })
  if (chosen.page) return <PhoneReview {...chosen.page} />
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
        {isLoading && !error && queue.length === 0 && <QueueLoading />}
        {!isLoading && !error && queue.length === 0 && (
          <Empty title={review.done0} help={review.done0Help}>
            <Reviewed below={below} />
          </Empty>
        )}
        {queue.length > 0 && <Waiting {...{ search, waiting, chosen, selection }} />}
      </div>
    </>
  )
}

interface WaitingProps {
  readonly search: ReviewSearch
  readonly waiting: ReturnType<typeof useQueue>
  readonly chosen: ReturnType<typeof useChosen>
  readonly selection: Selection
}

function Waiting({ search, waiting, chosen, selection }: WaitingProps) {
  const { list, queue, below } = waiting
  const { at, opened, choose } = chosen
  const outcome = useOutcome()
  const { data } = useQuery({ ...reviewCountsQuery, enabled: !isFiltered(search) })
  const totals = isFiltered(search) ? undefined : data
  return (
    <>
      <section className="queue">
        <NewVisits list={list} />
        <Queue
          {...{ queue, at, totals, outcome, selection }}
          hasMore={list.hasMore}
          onChosen={choose}
        />
        {list.hasMore && (
          <Button kind="ghost" onClick={list.readRest}>
            {review.more}
          </Button>
        )}
        <Reviewed below={below} />
      </section>
      {opened && (
        <ReviewedVisit
          visit={opened}
          hasKeys={selection.ids.size === 0}
          position={{
            number: at + 1,
            total: list.hasMore ? totals?.[countOf(search.kind)] : queue.length,
          }}
        />
      )}
      {opened && <RepSide visit={opened} below={below} />}
      {selection.ids.size > 0 && <BulkBar visits={queue} selection={selection} isNarrow />}
    </>
  )
}
