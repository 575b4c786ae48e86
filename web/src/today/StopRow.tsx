import { Link } from '@tanstack/react-router'
import { Navigation, SkipForward } from 'lucide-react'
import type { ReactNode } from 'react'

import { useOutcome } from '../api/visit-outcomes.ts'
import { buttonClass } from '../parts/Button.tsx'
import { classes } from '../parts/classes.ts'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { count, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import type { Place } from './best-order.ts'
import type { PlanEdits } from './edit-plan.ts'
import { lineOf, wayTo } from './stop-lines.ts'
import { StopMenu } from './StopMenu.tsx'
import type { KnownStop } from './use-plan.ts'

const { today } = texts

interface StopRowProps {
  readonly stop: KnownStop
  readonly number: number
  readonly isNext: boolean
  readonly here: Place | null
  readonly edits: PlanEdits
  readonly onSkip: () => void
}

/** One stop of the day; the next one carries what is done there. */
export function StopRow({ stop, number, isNext, here, edits, onSkip }: StopRowProps) {
  const { name, state, waiting, visit } = stop
  const finding = waiting?.kind ?? visit?.rep_location_verification_status
  return (
    <li className={classes('stop', state, isNext && 'next')}>
      <StopMark stop={stop} number={number} />
      <span className="words">
        <b>{name}</b>
        <StopLine stop={stop} here={here} />
      </span>
      {finding && (
        <span className={classes('finding', finding)}>
          <FindingIcon kind={finding} size={20} />
          <span className="unseen">{texts.findingNames[finding]}</span>
        </span>
      )}
      {!isNext && <StopMenu stop={stop} isNext={false} edits={edits} onSkip={onSkip} />}
      {isNext && (
        <NextActions stop={stop}>
          <StopMenu stop={stop} isNext edits={edits} onSkip={onSkip} />
        </NextActions>
      )}
    </li>
  )
}

const outcomeIdOf = ({ waiting, visit }: KnownStop): number | null =>
  waiting ? (waiting.row.draft.outcome_id ?? null) : (visit?.outcome_id ?? null)

function StopMark({ stop, number }: Pick<StopRowProps, 'stop' | 'number'>) {
  const outcome = useOutcome()(outcomeIdOf(stop))
  if (stop.state === 'visited') return <OutcomeDisc outcome={outcome} />
  return (
    <span className="no num" aria-hidden="true">
      {stop.state === 'skipped' ? <SkipForward /> : count(number)}
    </span>
  )
}

function StopLine({ stop, here }: Pick<StopRowProps, 'stop' | 'here'>) {
  const outcome = useOutcome()(outcomeIdOf(stop))
  const { state, customer, waiting, visit } = stop
  const at = waiting?.at ?? visit?.visited_at
  const line =
    state === 'visited'
      ? at === undefined
        ? today.visitedOnly
        : today.visited(time(at), outcome.name)
      : state === 'skipped'
        ? today.skippedFor(stop.stop.skip_reason)
        : customer && lineOf(customer, here)
  return <span className="line num">{line}</span>
}

interface NextActionsProps {
  readonly stop: KnownStop
  readonly children: ReactNode
}

function NextActions({ stop, children }: NextActionsProps) {
  const { resource_type: type, resource_id: customer } = stop.stop
  const href = wayTo(stop)
  return (
    <span className="actions">
      <Link
        className={buttonClass({ kind: 'primary' })}
        to="/log"
        search={{ type, customer }}
        aria-label={today.logAt(stop.name)}
      >
        {today.log}
      </Link>
      {href !== null ? (
        <a className={buttonClass({})} href={href}>
          <Navigation aria-hidden="true" />
          {today.navigate}
        </a>
      ) : (
        <span />
      )}
      {children}
    </span>
  )
}
