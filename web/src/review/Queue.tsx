import './queue.css'
import type { Visit } from '@doorstep/contract/visits'
import { useEffect, useRef } from 'react'

import { Checkbox } from '../parts/Checkbox.tsx'
import { classes } from '../parts/classes.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { OutcomeDisc, type OutcomeLook } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { daysAgo, printShortDay } from '../texts/days.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName, repName } from '../visits/columns.tsx'
import type { Selection } from '../visits/use-selection.ts'
import { visitDay, visitTime } from '../visits/visit-time.ts'
import { VisitFinding } from '../visits/VisitFinding.tsx'
import { kindOf } from './queue.ts'
import type { ReviewKind } from './review-search.ts'

const { review } = texts

interface QueueProps {
  readonly queue: readonly Visit[]
  readonly at: number
  /** Whether there are more than were read. */
  readonly hasMore: boolean
  /** How many wait in all, if that is known. */
  readonly totals: Readonly<Record<ReviewKind, number>> | undefined
  readonly outcome: (id: number | null) => OutcomeLook
  readonly selection: Selection
  readonly onChosen: (index: number) => void
}

function whenOf(visit: Visit): string {
  const day = visitDay(visit)
  const at = visitTime(visit)
  return daysAgo(day) === 0 ? `${texts.filters.today}, ${at}` : `${printShortDay(day)}, ${at}`
}

interface RowProps extends Omit<QueueProps, 'queue' | 'at' | 'hasMore' | 'totals'> {
  readonly visit: Visit
  readonly index: number
  readonly isCurrent: boolean
}

function Row({ visit, index, isCurrent, outcome, selection, onChosen }: RowProps) {
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const isSelected = selection.ids.has(visit.id)
  return (
    <li ref={ref} className={classes('entry', isCurrent && 'current', isSelected && 'selected')}>
      <Checkbox
        name={texts.visits.select(customerName(visit))}
        isChecked={isSelected}
        onChecked={() => selection.toggle(visit.id)}
      />
      <OutcomeDisc outcome={outcome(visit.outcome_id)} />
      <span className="words">
        <button
          type="button"
          dir="auto"
          className="ellipsis"
          aria-current={isCurrent}
          onClick={() => onChosen(index)}
        >
          {customerName(visit)}
        </button>
        <span dir="auto" className="muted small ellipsis">
          {repName(visit)}
        </span>
      </span>
      <span className="right num">
        <time className="faint small" dateTime={visit.visited_at}>
          {whenOf(visit)}
        </time>
        <VisitFinding visit={visit} />
      </span>
    </li>
  )
}

/** Under the reason for which each of them waits. */
export function Queue(props: QueueProps) {
  const { queue, at, hasMore, totals } = props
  const groups = Map.groupBy(
    queue.map((visit, index) => ({ visit, index })),
    ({ visit }) => kindOf(visit),
  )
  const numberOf = (kind: ReviewKind, shown: number) =>
    !hasMore ? count(shown) : totals ? count(totals[kind]) : `${count(shown)}+`
  return [...groups].map(([kind, entries]) => (
    <section key={kind} aria-label={review.kindNames[kind]}>
      <h2 className="day">
        <span>{review.kindNames[kind]}</span>
        <span className="num">{numberOf(kind, entries.length)}</span>
      </h2>
      <ul>
        {entries.map(({ visit, index }) => (
          <Row key={visit.id} {...props} visit={visit} index={index} isCurrent={index === at} />
        ))}
      </ul>
    </section>
  ))
}

/** Its shape before it is there. */
export function QueueLoading() {
  const isPhone = useIsPhone()
  return (
    <section className="queue">
      <div className="day" />
      <Skeleton rows={14} rowPx={isPhone ? 76 : 52} />
    </section>
  )
}
