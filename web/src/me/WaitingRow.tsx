import { Link } from '@tanstack/react-router'

import { useOutcome } from '../api/visit-outcomes.ts'
import type { Waiting } from '../offline/use-waiting.ts'
import { buttonClass } from '../parts/Button.tsx'
import { Finding } from '../parts/Finding.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { accuracy, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { waiting: words } = texts

/** How sure the phone was; the finding itself is the server's. */
function placeOf({ row: { draft } }: Waiting): string {
  const sure = draft.device?.accuracy_m
  return typeof sure === 'number' ? accuracy(sure) : words.noLocation
}

/** A visit that waits on this phone. */
export function WaitingRow({ waiting }: { readonly waiting: Waiting }) {
  const { row, name, kind, at } = waiting
  const outcome = useOutcome()(row.draft.outcome_id ?? null)
  const said = row.refusal?.errors[0]?.details ?? row.refusal?.details
  return (
    <li className="phone-row waiting-row">
      <OutcomeDisc outcome={outcome} />
      <span className="what">
        <b dir="auto" className="ellipsis">
          {name}
        </b>
        {row.refusal ? (
          <span className="line trouble">{said || texts.findingNames.refused}</span>
        ) : (
          <span className="line num">{words.logged(time(at), placeOf(waiting))}</span>
        )}
      </span>
      {kind === 'refused' ? (
        <Link className={buttonClass({})} to="/me/outbox">
          {words.fix}
        </Link>
      ) : (
        <Finding kind={kind} isChip />
      )}
    </li>
  )
}
