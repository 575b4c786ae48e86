import type { Visit } from '@doorstep/contract/visits'
import { getRouteApi, Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

import { buttonClass } from '../parts/Button.tsx'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { customerName } from '../visits/columns.tsx'
import { NoVisit, VisitLoading } from '../visits/VisitPanel.tsx'
import { ReviewedVisit } from './ReviewedVisit.tsx'

const route = getRouteApi('/shell/review')

export interface PhoneReviewProps {
  /** undefined: it is being read, or could not be. */
  readonly visit: Visit | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

/** A visit that waits, as a page of its own. Once it is decided, the queue is there again. */
export function PhoneReview({ visit, error, onRetry }: PhoneReviewProps) {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const search = { ...route.useSearch(), visit: undefined }
  const title = visit ? customerName(visit) : texts.screens.review
  useTitle(title)
  const leave = () => {
    if (canGoBack) router.history.back()
    else void router.navigate({ to: '/review', search, replace: true })
  }
  return (
    <>
      <h1 className="unseen">{title}</h1>
      <header className="bar visit-bar">
        <Link
          className={buttonClass({ kind: 'ghost', size: 'small' })}
          to="/review"
          search={search}
          onClick={(event) => {
            event.preventDefault()
            leave()
          }}
        >
          <ChevronLeft aria-hidden="true" />
          {texts.screens.review}
        </Link>
      </header>
      {visit ? (
        <div className="review">
          <ReviewedVisit visit={visit} hasKeys onDecided={leave} />
        </div>
      ) : (
        <div className="visit-page">
          <article>
            {error ? <NoVisit error={error} onRetry={onRetry} /> : <VisitLoading mapPx={176} />}
          </article>
        </div>
      )}
    </>
  )
}
