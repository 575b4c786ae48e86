import { useOutcome } from '../api/visit-outcomes.ts'
import type { KnownStop } from './use-plan.ts'

/** A line per stop: in the outcome's colour once it is visited. The title says it in words. */
export function DayProgress({ stops }: { readonly stops: readonly KnownStop[] }) {
  const outcomeOf = useOutcome()
  return (
    <div className="progress" aria-hidden="true">
      {stops.map(({ key, state, visit, waiting }) => {
        const id = waiting?.row.draft.outcome_id ?? visit?.outcome_id ?? null
        const { color } = outcomeOf(id)
        return (
          <i
            key={key}
            className={state}
            style={state === 'visited' ? { '--outcome': color } : undefined}
          />
        )
      })}
    </div>
  )
}
