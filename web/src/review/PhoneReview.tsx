import type { Visit } from '@doorstep/contract/visits'
import { getRouteApi, Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'

import { buttonClass } from '../parts/Button.tsx'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { ReviewedVisit } from './ReviewedVisit.tsx'

const route = getRouteApi('/shell/review')

/** A visit of the queue as a page of its own. Once it is decided, the queue is there again. */
export function PhoneReview({ visit }: { readonly visit: Visit }) {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const search = route.useSearch()
  useTitle(visit.resource?.name ?? texts.screens.review)
  return (
    <>
      <header className="bar visit-bar">
        <Link
          className={buttonClass({ kind: 'ghost', size: 'small' })}
          to="/review"
          search={{ ...search, visit: undefined }}
          onClick={(event) => {
            if (!canGoBack) return
            event.preventDefault()
            router.history.back()
          }}
        >
          <ChevronLeft aria-hidden="true" />
          {texts.screens.review}
        </Link>
      </header>
      <div className="review">
        <ReviewedVisit visit={visit} hasKeys number={0} total={undefined} />
      </div>
    </>
  )
}
