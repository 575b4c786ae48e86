import type { Customer } from '@doorstep/contract/customers'
import { Link } from '@tanstack/react-router'
import { DoorClosed } from 'lucide-react'

import { nameOf } from '../api/customers.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { Finding } from '../parts/Finding.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { daysAgo, dayOf, relativeDay } from '../texts/days.ts'
import { metres, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { daysToDue, isAtDoor, type Listed } from './near-list.ts'

const words = texts.near

/** "13:31", "yesterday", "11 days ago" */
function visited(at: string): string {
  return daysAgo(dayOf(at)) === 0 ? time(at) : relativeDay(at)
}

/** Due is no finding, so it has no colour; nothing where it is not due yet. */
export function DueChip({ customer }: { readonly customer: Customer }) {
  const days = daysToDue(customer)
  if (days === null || days > 0) return null
  return (
    <span className={days < 0 ? 'due-chip late' : 'due-chip'}>
      {days < 0 ? words.late(-days) : words.dueToday}
    </span>
  )
}

/** The outcome of the last visit as a disc; a dashed one: never visited. */
export function LastDisc({ customer }: { readonly customer: Customer }) {
  const outcome = useOutcome()
  const { last_visit: last } = customer
  if (last) return <OutcomeDisc outcome={outcome(last.outcome_id)} />
  return (
    <span className="near-never">
      <DoorClosed aria-hidden="true" />
    </span>
  )
}

interface NearRowProps {
  readonly listed: Listed
  readonly isWaiting: boolean
}

function SecondLine({ listed: { customer }, isWaiting }: NearRowProps) {
  const outcome = useOutcome()
  const { last_visit: last } = customer
  if (isWaiting) return <Finding kind="waiting">{words.visitWaits}</Finding>
  if (!last) return words.never
  return (
    <>
      <span dir="auto" className="ellipsis">
        {outcome(last.outcome_id).name}
      </span>
      <span>{` · ${visited(last.at)}`}</span>
    </>
  )
}

/** A customer: who, what happened last, how far, and whether a visit is due. */
export function NearRow({ listed, isWaiting }: NearRowProps) {
  const { customer, distanceM } = listed
  const params = { type: customer.resource_type, id: String(customer.id) }
  return (
    <Link className="near-row" to="/customers/$type/$id" params={params}>
      <LastDisc customer={customer} />
      <span className="what">
        <b dir="auto" className="ellipsis">
          {nameOf(customer)}
        </b>
        <span className="line parts">
          <SecondLine listed={listed} isWaiting={isWaiting} />
        </span>
      </span>
      <span className="end">
        {distanceM !== null && isAtDoor(listed) && (
          <>
            <Finding kind="verified">{metres(distanceM)}</Finding>
            <span className="unseen">{` ${words.isAtDoor}`}</span>
          </>
        )}
        {distanceM !== null && !isAtDoor(listed) && (
          <span className="metres">{metres(distanceM)}</span>
        )}
        <DueChip customer={customer} />
      </span>
    </Link>
  )
}
