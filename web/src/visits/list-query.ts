import { visitListQuery } from '../api/visits.ts'
import { visitFilters } from './visit-filters.ts'
import type { VisitsSearch } from './visits-search.ts'

/** The visits that the URL asks for, page by page. */
export const listQueryOf = (search: VisitsSearch) =>
  visitListQuery(
    visitFilters(search),
    search.sort === 'oldest' ? 'visited_at:asc' : 'visited_at:desc',
  )
