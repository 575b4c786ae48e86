import './bulk-bar.css'
import type { Visit } from '@doorstep/contract/visits'
import { Check, X } from 'lucide-react'

import { useMayReview } from '../api/users.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import type { Selection } from './use-selection.ts'
import { type Decision, decide } from './visit-reviews.ts'

const { review } = texts

interface BulkBarProps {
  readonly visits: readonly Visit[]
  readonly selection: Selection
  /** In a pane of its own, where a cross says Clear. */
  readonly isNarrow?: boolean | undefined
}

/** What can be done with all that is selected. */
export function BulkBar({ visits, selection, isNarrow = false }: BulkBarProps) {
  const mayReview = useMayReview()
  const selected = visits.filter(({ id }) => selection.ids.has(id))
  const open = selected.filter(
    (visit) => visit.review?.state === 'open' && mayReview(visit.creator_id),
  )
  const run = (decision: Decision) => {
    if (open.length === 0) return
    decide(open, decision)
    selection.clear()
  }
  useKeys({ e: () => run('kept'), d: () => run('dismissed') })
  return (
    <div className="bulk" role="toolbar" aria-label={review.selected(selected.length)}>
      <span className="num">{review.selected(selected.length)}</span>
      <i aria-hidden="true" />
      {open.length > 0 ? (
        <>
          <button type="button" className="first" onClick={() => run('kept')}>
            {!isNarrow && <Check aria-hidden="true" />}
            {isNarrow ? review.keepShort : review.keepAll}
            <Kbd>{'E'}</Kbd>
          </button>
          <button type="button" onClick={() => run('dismissed')}>
            {review.dismiss}
            <Kbd>{'D'}</Kbd>
          </button>
        </>
      ) : (
        <span className="quiet">{review.notReviewable}</span>
      )}
      <i aria-hidden="true" />
      <button type="button" onClick={selection.clear} aria-label={review.clear}>
        <X aria-hidden="true" />
        {!isNarrow && review.clear}
        {!isNarrow && <Kbd>{'Esc'}</Kbd>}
      </button>
    </div>
  )
}
