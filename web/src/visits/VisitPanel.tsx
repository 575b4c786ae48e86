import { NotFoundError } from '@doorstep/client/errors'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Expand, Link2, X } from 'lucide-react'

import { visitQuery } from '../api/visits.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { copy } from '../parts/copy.ts'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Kbd } from '../parts/Kbd.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { ReviewFoot } from './ReviewFoot.tsx'
import { visitLink } from './visit-link.ts'
import { VisitDetails } from './VisitDetails.tsx'

const { visit: words } = texts

interface VisitPanelProps {
  readonly id: number
  readonly onClose: () => void
  readonly hasKeys?: boolean | undefined
}

/** A visit beside the list or the map. */
export function VisitPanel({ id, onClose, hasKeys }: VisitPanelProps) {
  const { data: visit, error, refetch } = useQuery(visitQuery(id))
  return (
    <aside className="visit-panel" aria-label={words.number(count(id))}>
      <header>
        <span className="muted num">{words.number(count(id))}</span>
        <span className="spread" />
        <span title={words.next} className="hints">
          <Kbd>{'J'}</Kbd>
          <Kbd>{'K'}</Kbd>
        </span>
        <Button
          kind="ghost"
          isIcon
          size="small"
          aria-label={words.copyLink}
          title={words.copyLink}
          onClick={() => void copy(visitLink(id), texts.visits.linkCopied)}
        >
          <Link2 aria-hidden="true" />
        </Button>
        <Link
          className={buttonClass({ kind: 'ghost', isIcon: true, size: 'small' })}
          to="/visits/$id"
          params={{ id: String(id) }}
          aria-label={words.openPage}
          title={words.openPage}
        >
          <Expand aria-hidden="true" />
        </Link>
        <Button
          kind="ghost"
          isIcon
          size="small"
          aria-label={words.close}
          title={words.close}
          onClick={onClose}
        >
          <X aria-hidden="true" />
        </Button>
      </header>
      <div className="scrolls">
        {visit && <VisitDetails key={id} visit={visit} />}
        {!visit && !error && <VisitLoading mapPx={176} />}
        {!visit && error && <NoVisit error={error} onRetry={() => void refetch()} />}
      </div>
      {visit && <ReviewFoot key={id} visit={visit} hasKeys={hasKeys} />}
    </aside>
  )
}

/** Its shape: what it is, the map, and what is said of it. */
export const VisitLoading = ({ mapPx }: { readonly mapPx: number }) => (
  <div className="visit-details">
    <Skeleton rows={2} hasDisc={false} />
    <div className="mini-map" style={{ height: mapPx }} />
    <Skeleton rows={4} hasDisc={false} />
  </div>
)

interface NoVisitProps {
  readonly error: Error
  readonly onRetry: () => void
}

/** In place of a visit that is not there, or could not be read. */
export function NoVisit({ error, onRetry }: NoVisitProps) {
  if (!(error instanceof NotFoundError)) {
    return <Failed title={words.failed} error={error} onRetry={onRetry} />
  }
  return (
    <Empty title={words.missing.title} help={words.missing.help}>
      <Link className={buttonClass({})} to="/visits">
        {words.missing.action}
      </Link>
    </Empty>
  )
}
