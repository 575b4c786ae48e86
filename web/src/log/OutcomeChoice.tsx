import { Check, Ellipsis } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import type { KnownOutcome } from '../api/visit-outcomes.ts'
import { classes } from '../parts/classes.ts'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { texts } from '../texts/texts.ts'

const { log } = texts

/** With more than so many, the last ones wait behind a button. */
const most = 6

interface OutcomeChoiceProps {
  readonly outcomes: readonly KnownOutcome[]
  readonly chosenId: number | null
  readonly onChoose: (id: number) => void
}

/** One tap says how it went. */
export function OutcomeChoice({ outcomes, chosenId, onChoose }: OutcomeChoiceProps) {
  const [showsAll, setShowsAll] = useState(false)
  const first = outcomes.slice(0, most - 1)
  const isShort = outcomes.length > most && !showsAll
  const isHidden = isShort && chosenId !== null && first.every(({ id }) => id !== chosenId)
  const shown = isShort && !isHidden ? first : outcomes
  const group = useRef<HTMLDivElement>(null)
  // The button goes, and with it the focus would.
  useEffect(() => {
    if (showsAll) group.current?.querySelectorAll('input')[most - 1]?.focus()
  }, [showsAll])
  return (
    <div className="outcomes">
      <div ref={group} className="group" role="radiogroup" aria-label={log.outcome}>
        {shown.map((outcome) => (
          <label
            key={outcome.id}
            className={classes('outcome-button', outcome.id === chosenId && 'chosen')}
            style={{ '--outcome': outcome.color }}
          >
            <input
              type="radio"
              className="unseen"
              name="outcome"
              checked={outcome.id === chosenId}
              onChange={() => onChoose(outcome.id)}
            />
            <OutcomeDisc outcome={outcome} />
            <span className="name">{outcome.name}</span>
            {outcome.id === chosenId && <Check className="tick" aria-hidden="true" />}
          </label>
        ))}
      </div>
      {shown.length < outcomes.length && (
        <button type="button" className="outcome-button more" onClick={() => setShowsAll(true)}>
          <i aria-hidden="true">
            <Ellipsis />
          </i>
          <span className="name">{log.moreOutcomes(outcomes.length - shown.length)}</span>
        </button>
      )}
    </div>
  )
}
