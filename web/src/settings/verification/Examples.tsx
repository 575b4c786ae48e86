import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { exampleVisitsQuery } from '../../api/settings.ts'
import type { PreviewedVisit } from '../../api/verification-previews.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Finding } from '../../parts/Finding.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { dayOf, printShortDay } from '../../texts/days.ts'
import { accuracy, count, metres } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

interface ExamplesProps {
  /** Those that would change, the newest first. */
  readonly visits: readonly PreviewedVisit[]
}

const { verification, findingNames, visits: words } = texts
const few = 6
/** What one call can name. */
const most = 100

/** Visits whose finding would be another, each a link to its evidence. */
export function Examples({ visits }: ExamplesProps) {
  const [isAll, setIsAll] = useState(false)
  const shown = visits.slice(0, isAll ? most : few)
  const {
    data: known,
    error,
    isPlaceholderData,
    refetch,
  } = useQuery(exampleVisitsQuery(shown.map(({ visit_id: id }) => id)))
  if (visits.length === 0) return undefined
  const more =
    visits.length > few && !isAll ? (
      <button type="button" className="link small num" onClick={() => setIsAll(true)}>
        {visits.length > most
          ? verification.newest(count(most))
          : verification.all(count(visits.length))}
      </button>
    ) : undefined
  return (
    <SettingsBox title={verification.examples} aside={more}>
      {!known && error && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {!known && !error && <Skeleton rows={shown.length} />}
      {known && (
        <ul className="examples" aria-busy={isPlaceholderData}>
          {shown.map((visit) => (
            <Example key={visit.visit_id} previewed={visit} visit={known.get(visit.visit_id)} />
          ))}
        </ul>
      )}
    </SettingsBox>
  )
}

interface ExampleProps {
  readonly previewed: PreviewedVisit
  /** undefined: it was deleted meanwhile. */
  readonly visit: Visit | undefined
}

function Example({ previewed, visit }: ExampleProps) {
  const rep = visit?.creator?.name ?? words.unknownRep
  const facts = [
    visit && printShortDay(dayOf(visit.visited_at)),
    metres(previewed.distance_m),
    previewed.accuracy_m === null ? undefined : accuracy(previewed.accuracy_m),
  ]
  return (
    <li>
      <Link to="/visits/$id" params={{ id: String(previewed.visit_id) }}>
        <Avatar id={visit?.creator_id ?? 0} name={rep} size="small" />
        <span className="names">
          <b dir="auto" className="ellipsis">
            {visit?.resource?.name ?? words.gone}
          </b>
          <span className="faint small num ellipsis">{facts.filter(Boolean).join(' · ')}</span>
        </span>
        <Finding kind={previewed.status_then}>{findingNames[previewed.status_then]}</Finding>
      </Link>
    </li>
  )
}
