import '../parts/bar.css'
import { NotFoundError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronLeft, Link2 } from 'lucide-react'

import { visitQuery } from '../api/visits.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTitle } from '../parts/use-title.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { ReviewFoot } from './ReviewFoot.tsx'
import { visitLink } from './visit-link.ts'
import { VisitDetails } from './VisitDetails.tsx'
import { NoVisit, VisitLoading } from './VisitPanel.tsx'

const route = getRouteApi('/shell/visits/$id')

/** A visit as a page of its own. */
export function VisitScreen() {
  const id = Number(route.useParams().id)
  const { data: visit, error, refetch } = useQuery(visitQuery(id))
  const isMissing = !visit && error instanceof NotFoundError
  const isPhone = useIsPhone()
  const name = texts.visit.number(Number.isSafeInteger(id) ? count(id) : '')
  const copyLink = () => void copy(visitLink(id), texts.visits.linkCopied)
  useTitle(visit?.resource?.name ?? name)
  // Not left out where nothing is: C would then copy the address of the screen.
  useKeys({ c: () => !isMissing && copyLink() })
  return (
    <>
      <header className="bar visit-bar">
        <Link className={buttonClass({ kind: 'ghost', size: 'small' })} to="/visits">
          <ChevronLeft aria-hidden="true" />
          {texts.visit.back}
        </Link>
        <h1 className="num">{name}</h1>
        <span className="spread" />
        {!isMissing && (
          <Button onClick={copyLink} hint="C">
            <Link2 aria-hidden="true" />
            {texts.visit.copyLink}
          </Button>
        )}
      </header>
      <div className="visit-page">
        <article>
          {visit && <VisitDetails key={id} visit={visit} mapWidth={isPhone ? 358 : 640} />}
          {!visit && !error && <VisitLoading mapPx={240} />}
          {!visit && error && <NoVisit error={error} onRetry={() => void refetch()} />}
          {visit && <ReviewFoot key={`foot ${id}`} visit={visit} />}
        </article>
      </div>
    </>
  )
}
