import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'

import { visitQuery } from '../api/visits.ts'
import { Button } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { texts } from '../texts/texts.ts'
import { ReviewFoot } from '../visits/ReviewFoot.tsx'
import { visitLink } from '../visits/visit-link.ts'
import { VisitDetails } from '../visits/VisitDetails.tsx'

interface ReviewedVisitProps {
  readonly visit: Visit
  readonly hasKeys: boolean
  /** Its number in the queue, from 1, and how many wait; undefined: that is not known. */
  readonly number: number
  readonly total: number | undefined
}

/** The visit with where the rep was, which is read only of visits that somebody opens. */
function Opened({ visit, number, total }: Omit<ReviewedVisitProps, 'hasKeys'>) {
  const { data = visit } = useQuery(visitQuery(visit.id))
  const isPhone = useIsPhone()
  return (
    <VisitDetails visit={data} mapWidth={isPhone ? 358 : 640}>
      {!isPhone && (
        <>
          <span className="hints faint num">
            <Kbd>{'J'}</Kbd>
            <Kbd>{'K'}</Kbd>
            {total !== undefined && texts.review.position(number, total)}
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
export const ReviewedVisit = ({ visit, hasKeys, number, total }: ReviewedVisitProps) => (
  <section className="middle">
    <div className="scrolls">
      <Opened key={visit.id} visit={visit} number={number} total={total} />
    </div>
    <ReviewFoot key={visit.id} visit={visit} hasKeys={hasKeys} />
  </section>
)
