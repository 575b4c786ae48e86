import { curlText, programText } from './request-text.ts'
import { visitFilters } from './visit-filters.ts'
import type { VisitsSearch } from './visits-search.ts'

const queryOf = (search: VisitsSearch) => ({
  ...visitFilters(search),
  sort_by: search.sort === 'oldest' ? 'visited_at:asc' : 'visited_at:desc',
  include: ['verification', 'resource', 'creator'],
})

/** The list as a command. */
export const curlOf = (search: VisitsSearch): string =>
  curlText('/v2/visits', { ...queryOf(search), per_page: 100, cursor: '' })

/** The list as a program with the SDK. */
export const sdkOf = (search: VisitsSearch): string =>
  programText(
    'const visits = client.visits.each',
    queryOf(search),
    'for await (const visit of visits) console.log(visit.id)',
  )
