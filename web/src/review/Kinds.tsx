import '../parts/segmented.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { reviewCountsQuery } from '../api/review-counts.ts'
import { isFiltered } from '../filters/FilterBar.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { reviewKinds, type ReviewSearch } from './review-search.ts'

const { review } = texts
/** The count of each; all are those that wait, without pins. */
const counted = {
  all: 'visits',
  too_far: 'too_far',
  borderline: 'borderline',
  flagged: 'flagged',
  pins: 'pin_changes',
} as const

export const countOf = (kind: ReviewSearch['kind']) => counted[kind ?? 'all']

/** Why visits wait, and how many for each reason. */
export function Kinds({ search }: { readonly search: ReviewSearch }) {
  const { data: counts } = useQuery(reviewCountsQuery)
  return (
    <nav className="segmented kinds" aria-label={review.kinds}>
      {([undefined, ...reviewKinds, 'pins'] as const).map((kind) => (
        <Link
          key={kind ?? 'all'}
          to="/review"
          search={{ ...search, kind, visit: undefined }}
          {...(search.kind === kind && { 'data-pressed': '', 'aria-current': 'page' as const })}
        >
          {kind ? review.kindNames[kind] : review.all}
          {counts && !isFiltered(search) && (
            <span className="faint num">{count(counts[countOf(kind)])}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
