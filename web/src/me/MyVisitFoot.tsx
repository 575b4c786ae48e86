import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { sessionQuery } from '../api/sessions.ts'
import { useUserName } from '../api/users.ts'
import type { ChangedVisit } from '../offline/changed-visits.ts'
import { useSafety } from '../offline/safety.ts'
import { changeVisit } from '../offline/visit-changes.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'

const { myVisits: words, visit: visitWords } = texts

interface MyVisitFootProps {
  readonly visit: Visit
  readonly changed: ChangedVisit | undefined
}

const firstName = (name: string | undefined): string | null => name?.split(' ')[0] ?? null

/** How the review stands, or the way to ask for one. A verified visit needs none. */
export function MyVisitFoot({ visit, changed }: MyVisitFootProps) {
  const { data: session } = useQuery(sessionQuery)
  const nameOf = useUserName()
  const { review } = visit
  const isInPage = useSafety() === 'page'
  const manager = firstName(nameOf(session?.user.reports_to ?? null))
  if (visit.rep_location_verification_status === 'verified' && !review) return undefined
  const by = firstName(nameOf(review?.by ?? null)) ?? visitWords.somebody
  const said = changed?.isAsking
    ? changed.problem === null
      ? words.askWaits(isInPage)
      : words.refused(changed.problem)
    : review?.state === 'kept'
      ? words.kept(by)
      : review?.state === 'dismissed'
        ? words.dismissed(by)
        : review?.state === 'open' && review.by !== null
          ? words.asked(manager)
          : null
  const note = changed?.isAsking ? null : (review?.note ?? null)
  const isRefused = changed?.isAsking === true && changed.problem !== null
  return (
    <footer className="phone-foot">
      {said !== null && (
        <p role="status">
          <b>{said}</b>
          {note !== null && ` ${note}`}
        </p>
      )}
      {(said === null || isRefused) && (
        <div className="ways-out">
          {visit.rep_location_verification_status === 'resource_location_too_far' && (
            <Link
              className={buttonClass({})}
              to="/customers/$type/$id/pin"
              params={{ type: visit.resource_type, id: String(visit.resource_id) }}
            >
              {texts.near.customer.proposePin}
            </Link>
          )}
          <Button kind="primary" onClick={() => void changeVisit(visit.id, { isAsking: true })}>
            {visitWords.ask}
          </Button>
        </div>
      )}
    </footer>
  )
}
