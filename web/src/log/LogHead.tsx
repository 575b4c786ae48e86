import { useQuery } from '@tanstack/react-query'

import { outcomesQuery } from '../api/visit-outcomes.ts'
import { Outcome } from '../parts/Outcome.tsx'
import { texts } from '../texts/texts.ts'

const { log } = texts

interface LogHeadProps {
  readonly name: string
  readonly line: string | null
  /** When the last visit was; on a line of its own where the address leaves no room. */
  readonly about?: string
  readonly onChange: () => void
}

/** Whom the visit is to, and how to choose another. */
export const LogHead = ({ name, line, about, onChange }: LogHeadProps) => (
  <header className="log-head">
    <h1>{name}</h1>
    <button type="button" className="log-link" onClick={onChange}>
      {log.change}
    </button>
    <p>
      {line !== null && <span>{line}</span>}
      {about !== undefined && <span>{about}</span>}
    </p>
  </header>
)

interface ChosenProps {
  readonly outcomeId: number
  readonly hasNote: boolean
  readonly onOpen: () => void
}

/** Outcome and note in a line, where something else needs the room. */
export function Chosen({ outcomeId, hasNote, onOpen }: ChosenProps) {
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const outcome = outcomes.find(({ id }) => id === outcomeId)
  if (!outcome) return null
  return (
    <button type="button" className="chosen-line" onClick={onOpen}>
      <Outcome outcome={{ ...outcome, name: log.chosen(outcome.name, hasNote) }} />
      <span className="unseen">{log.changeChosen}</span>
    </button>
  )
}
