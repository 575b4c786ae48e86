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
    <Link className="link num" to="/visits" search={search}>
      {review.reviewedAs(state, data === undefined ? '' : count(data))}
    </Link>
  )
}

/** What was decided lately. */
export const Reviewed = ({ below }: ReviewedProps) => (
  <p className="reviewed muted small">
    <span>{review.reviewed}</span>
    <Total below={below} state="kept" />
    <Total below={below} state="dismissed" />
  </p>
)
