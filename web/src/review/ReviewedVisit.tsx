import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'

import { visitQuery } from '../api/visits.ts'
import { Button } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { texts } from '../texts/texts.ts'
import { ReviewFoot } from '../visits/ReviewFoot.tsx'
import { visitLink } from '../visits/visit-link.ts'
import { VisitDetails } from '../visits/VisitDetails.tsx'

interface ReviewedVisitProps {
  readonly visit: Visit
  readonly hasKeys: boolean
  /**
   * Its number in the queue beside it, from 1, and how many wait, undefined where that is not known.
   * Without one it is a page of its own.
   */
  readonly position?: { readonly number: number; readonly total: number | undefined } | undefined
  readonly onDecided?: (() => void) | undefined
}

/** The visit with where the rep was, which is read only of visits that somebody opens. */
function Opened({ visit, position }: Pick<ReviewedVisitProps, 'visit' | 'position'>) {
  const { data = visit } = useQuery(visitQuery(visit.id))
  return (
    <VisitDetails visit={data} mapWidth={position ? 640 : 358}>
      {position && (
        <>
          <span className="hints faint num">
            <span className="hints" aria-hidden="true">
              <Kbd>{'J'}</Kbd>
              <Kbd>{'K'}</Kbd>
            </span>
            {position.total !== undefined && texts.review.position(position.number, position.total)}
          </span>
          <Button
            kind="ghost"
            isIcon
            size="small"
            aria-label={texts.visit.copyLink}
            title={texts.visit.copyLink}
            onClick={() => void copy(visitLink(visit.id), texts.visits.linkCopied)}
          >
            <Link2 aria-hidden="true" />
          </Button>
        </>
      )}
    </VisitDetails>
  )
}

/** One visit of the queue, and what is decided about it. */
export const ReviewedVisit = ({ visit, hasKeys, position, onDecided }: ReviewedVisitProps) => (
  <section className="middle">
    <div className="scrolls">
      <Opened key={visit.id} visit={visit} position={position} />
    </div>
    <ReviewFoot key={visit.id} visit={visit} hasKeys={hasKeys} onDecided={onDecided} />
  </section>
)
