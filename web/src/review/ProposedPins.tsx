import '../addresses/fix-panel.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { PinCompare, useCompared } from '../addresses/PinCompare.tsx'
import { type ProposedPin, proposedPinsQuery } from '../api/pin-changes.ts'
import { inOneLine } from '../api/placed-customers.ts'
import { sessionQuery } from '../api/sessions.ts'
import { useUserName } from '../api/users.ts'
import { decidePin, heldPins } from '../customers/pin-decisions.ts'
import { metresBetween } from '../map/places.ts'
import { Avatar } from '../parts/Avatar.tsx'
import { Button } from '../parts/Button.tsx'
import { classes } from '../parts/classes.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useHeld } from '../parts/held.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { useKeys } from '../parts/use-keys.ts'
import { dayOf, printShortDay } from '../texts/days.ts'
import { count, metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { QueueLoading } from './Queue.tsx'

const { review, visits } = texts

/** Whose proposals somebody may decide: an admin all, others those of the users below them. */
function useDecidable() {
  const { data: session } = useQuery(sessionQuery)
  const query = useQuery(proposedPinsQuery)
  const held = useHeld(heldPins)
  const me = session?.user
  const pins = (query.data ?? []).filter(
    ({ change }) => !held.has(change.id) && (me?.role === 'admin' || change.creator_id !== me?.id),
  )
  return { ...query, pins }
}

const metresMoved = ({ change, customer }: ProposedPin) =>
  customer.place && metresBetween(customer.place, change)

/** Where reps say that customers are: the queue, and one of them before and after. */
export function ProposedPins() {
  const { pins, error, isPending, refetch } = useDecidable()
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, pins.length - 1)
  const current = pins[at]
  const move = (by: number) => setChosen(Math.max(0, Math.min(pins.length - 1, at + by)))
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
  })
  return (
    <div className="review">
      {error && pins.length === 0 && (
        <Failed title={review.pinsFailed} error={error} onRetry={() => void refetch()} />
      )}
      {isPending && !error && <QueueLoading />}
      {!isPending && !error && !current && <Empty title={review.pins0} help={review.pins0Help} />}
      {current && (
        <>
          <section className="queue" aria-label={review.pins}>
            <h2 className="day">
              <span>{review.kindNames.pins}</span>
              <span className="num">{count(pins.length)}</span>
            </h2>
            <ul>
              {pins.map((pin, index) => (
                <PinEntry
                  key={pin.change.id}
                  pin={pin}
                  isCurrent={index === at}
                  onChosen={() => setChosen(index)}
                />
              ))}
            </ul>
          </section>
          <Proposal key={current.change.id} pin={current} />
          <aside className="side" aria-label={review.approving}>
            <section>
              <h2>{review.approving}</h2>
              <p className="muted">{review.approvingHelp}</p>
            </section>
          </aside>
        </>
      )}
    </div>
  )
}

interface PinEntryProps {
  readonly pin: ProposedPin
  readonly isCurrent: boolean
  readonly onChosen: () => void
}

function PinEntry({ pin, isCurrent, onChosen }: PinEntryProps) {
  const { change, customer } = pin
  const by = useUserName()(change.creator_id) ?? visits.unknownRep
  const m = metresMoved(pin)
  return (
    <li className={classes('entry pin', isCurrent && 'current')}>
      <Avatar id={change.creator_id} name={by} />
      <span className="words">
        <button
          type="button"
          dir="auto"
          className="ellipsis"
          aria-current={isCurrent}
          onClick={onChosen}
        >
          {customer.name}
        </button>
        <span dir="auto" className="muted small ellipsis">
          {by}
        </span>
      </span>
      <span className="right num">
        <time className="faint small" dateTime={change.created_at}>
          {printShortDay(dayOf(change.created_at))}
        </time>
        {m !== null && <span className="muted">{metres(m)}</span>}
      </span>
    </li>
  )
}

/** With a saved pin, both maps stand in one row. */
const beside = (hasSaved: boolean) =>
  hasSaved ? { width: 330, isBeside: true } : { width: 640, isBeside: false }

function Proposal({ pin }: { readonly pin: ProposedPin }) {
  const { change, customer } = pin
  const by = useUserName()(change.creator_id) ?? visits.unknownRep
  const compared = useCompared(customer)
  const isPhone = useIsPhone()
  useKeys({
    a: () => decidePin(change, customer.name, true),
    d: () => decidePin(change, customer.name, false),
  })
  return (
    <section className="middle">
      <div className="scrolls proposal">
        <header>
          <h2 className="title">
            <Link
              to="/customers/$type/$id"
              params={{ type: customer.type, id: String(customer.id) }}
            >
              {customer.name}
            </Link>
          </h2>
          <p className="muted">{inOneLine(customer.address)}</p>
        </header>
        <p>{review.pinBy(by, metresMoved(pin))}</p>
        {change.note !== null && <p className="note">{texts.parts.quoted(change.note)}</p>}
        <PinCompare
          saved={customer.place}
          proposed={change}
          compared={compared}
          {...(isPhone ? { width: 346 } : beside(customer.place !== null))}
        />
      </div>
      <footer className="fix-foot">
        <span className="spread" />
        <Button hint="D" onClick={() => decidePin(change, customer.name, false)}>
          {review.reject}
        </Button>
        <Button kind="primary" hint="A" onClick={() => decidePin(change, customer.name, true)}>
          {review.approve}
        </Button>
      </footer>
    </section>
  )
}
