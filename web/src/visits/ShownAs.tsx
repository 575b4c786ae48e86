import '../parts/segmented.css'
import { Link } from '@tanstack/react-router'
import { List, Map } from 'lucide-react'

import { parseVisitFilters } from '../search.ts'
import { texts } from '../texts/texts.ts'
import type { VisitsSearch } from './visits-search.ts'

interface ShownAsProps {
  readonly search: VisitsSearch
}

/** The same visits on the map; the filters go along. */
export function ShownAs({ search }: ShownAsProps) {
  const filters = parseVisitFilters({ ...search })
  return (
    <nav className="segmented shown-as" aria-label={texts.visits.shownAs}>
      <Link to="/map" search={{ ...filters }}>
        <Map aria-hidden="true" />
        {texts.visits.map}
      </Link>
      <Link to="/visits" search={{ ...search }} aria-current="page" data-pressed="">
        <List aria-hidden="true" />
        {texts.visits.list}
      </Link>
    </nav>
  )
}
