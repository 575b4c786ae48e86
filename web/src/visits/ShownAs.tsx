import '../parts/segmented.css'
import { Link } from '@tanstack/react-router'
import { List, Map } from 'lucide-react'

import { parseVisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { VisitsSearch } from './visits-search.ts'

interface ShownAsProps {
  readonly shown: 'map' | 'list'
  readonly search: VisitsSearch
}

const current = { 'aria-current': 'page', 'data-pressed': '' } as const

/** The same visits on the map or as a list; the filters go along. */
export function ShownAs({ shown, search }: ShownAsProps) {
  const filters = parseVisitFilters({ ...search })
  return (
    <nav className="segmented shown-as" aria-label={texts.visits.shownAs}>
      <Link to="/map" search={{ ...filters }} {...(shown === 'map' && current)}>
        <Map aria-hidden="true" />
        {texts.visits.map}
      </Link>
      <Link to="/visits" search={{ ...search }} {...(shown === 'list' && current)}>
        <List aria-hidden="true" />
        {texts.visits.list}
      </Link>
    </nav>
  )
}
