import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { visitTotalQuery } from '../api/visits.ts'
import type { VisitFilters } from '../search.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { visitFilters } from '../visits/visit-filters.ts'

const { review } = texts
const last = 30

interface ReviewedProps {
  /** Of whose team. */
  readonly below: number | undefined
}

function Total({ below, state }: ReviewedProps & { readonly state: 'kept' | 'dismissed' }) {
  const search: VisitFilters = { review: state, last, below }
  const { data } = useQuery(visitTotalQuery(visitFilters(search)))
  return (
    <Link className="fact" to="/visits" search={search}>
      <span>{review.states[state]}</span>
      {data !== undefined && <span className="link num">{count(data)}</span>}
    </Link>
  )
}

/** What was decided lately. */
export const Reviewed = ({ below }: ReviewedProps) => (
  <section className="reviewed">
    <h2>{review.reviewed}</h2>
    <Total below={below} state="kept" />
    <Total below={below} state="dismissed" />
  </section>
)
