import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'

import { useOutcome } from '../api/visit-outcomes.ts'
import { type OutboxRow, recordKey } from '../offline/database.ts'
import { phoneStore } from '../offline/phone.ts'
import { useName } from '../offline/use-outbox.ts'
import { useRefusal } from '../offline/use-refusal.ts'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { whenOf } from '../texts/when.ts'

const { outbox } = texts

interface RowProps {
  readonly row: OutboxRow
}

/** Gives a visit up at once; for 8 s it can be had back. */
async function discard(row: OutboxRow, name: string): Promise<void> {
  const { outbox: held } = await phoneStore()
  const state = await held.takeBack(row.key)
  if (state === 'gone' || state === 'refused') return void say(outbox.notDiscarded)
  const said = state === 'later' ? outbox.removedLater : outbox.discarded
  offerUndo(said, () => void held.restore(row), { about: name })
}

function Visit({ row: { draft, addedAt } }: RowProps) {
  const outcomeOf = useOutcome()
  const nameOf = useName()
  const outcome = outcomeOf(draft.outcome_id ?? null)
  return (
    <>
      <OutcomeDisc outcome={outcome} />
      <span className="what">
        <b>{nameOf(recordKey(draft.resource_type, draft.resource_id))?.name}</b>
        <span className="line">
          {`${whenOf(addedAt)} · ${draft.outcome_id ? outcome.name : outbox.withoutOutcome}`}
        </span>
      </span>
    </>
  )
}

/** A visit that waits, or is on its way. */
export function OutboxItem({ row }: RowProps) {
  const nameOf = useName()
  const name = nameOf(recordKey(row.draft.resource_type, row.draft.resource_id))?.name ?? ''
  return (
    <div className="phone-row">
      <Visit row={row} />
      <button
        type="button"
        className="plain-button"
        aria-label={`${outbox.discard}: ${name}`}
        onClick={() => void discard(row, name)}
      >
        <Trash2 aria-hidden="true" />
      </button>
    </div>
  )
}

/** A visit that the server refused: why, and the two ways on. */
export function NeedsYou({ row }: RowProps) {
  const nameOf = useName()
  const said = useRefusal(row)
  const name = nameOf(recordKey(row.draft.resource_type, row.draft.resource_id))?.name ?? ''
  return (
    <article className="phone-list needs-you" aria-label={name}>
      <div className="phone-row">
        <Visit row={row} />
      </div>
      <p>{said}</p>
      <div className="outbox-ways">
        <button
          type="button"
          className="outbox-way danger"
          aria-label={`${outbox.discard}: ${name}`}
          onClick={() => void discard(row, name)}
        >
          {outbox.discard}
        </button>
        <Link
          className="outbox-way primary"
          to="/log"
          search={{ fix: row.key }}
          aria-label={`${outbox.fix}: ${name}`}
        >
          {outbox.fix}
        </Link>
      </div>
    </article>
  )
}
