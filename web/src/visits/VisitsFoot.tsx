import { useQuery } from '@tanstack/react-query'

import { visitTotalQuery } from '../api/visits.ts'
import { isFiltered } from '../filters/FilterBar.tsx'
import { Kbd } from '../parts/Kbd.tsx'
import { printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { daysIn, visitFilters } from './visit-filters.ts'
import type { VisitsSearch } from './visits-search.ts'

const { footer } = texts.visits

interface VisitsFootProps {
  readonly search: VisitsSearch
  readonly total: number | undefined
}

function spanOf(search: VisitsSearch): string | undefined {
  const { first, end } = daysIn(search)
  if (first !== undefined && end !== undefined) {
    return footer.span(printShortDay(first), printShortDay(end))
  }
  if (first !== undefined) return footer.since(printShortDay(first))
  return end === undefined ? undefined : footer.until(printShortDay(end))
}

const keys = [
  [['J', 'K'], footer.move],
  [['Enter'], footer.open],
  [['X'], footer.select],
  [['C'], footer.copy],
] as const

/** How many visits are shown, of which, and the keys; empty until it is known. */
export function VisitsFoot({ search, total }: VisitsFootProps) {
  const { from, to, last, zone } = search
  const ofTime = { from, to, last, zone }
  const { data: all } = useQuery({
    ...visitTotalQuery(visitFilters(ofTime)),
    enabled: isFiltered(search),
  })
  if (total === undefined) return <footer className="visits-foot" />
  const span = spanOf(search)
  return (
    <footer className="visits-foot num">
      <span>
        <b>{texts.visits.visits(total)}</b>
        {all !== undefined && all > total && ` ${footer.of(all, last)}`}
      </span>
      <span aria-hidden="true">{'·'}</span>
      <span dir="auto" className="ellipsis">
        {[span, footer.zones].filter(Boolean).join(', ')}
      </span>
      <span className="spread" />
      <span className="keys" aria-hidden="true">
        {keys.map(([names, what]) => (
          <span key={what}>
            {names.map((name) => (
              <Kbd key={name}>{name}</Kbd>
            ))}
            {what}
          </span>
        ))}
      </span>
    </footer>
  )
}
