import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { unplacedCountsQuery, type UnplacedReason } from '../../api/unplaced.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { count } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsRow } from '../SettingsRow.tsx'

interface PlacingProgressProps {
  /** undefined: who asks may not know. */
  readonly hasGeocoder: boolean | undefined
}

const { geocoder } = texts
const order: readonly UnplacedReason[] = [
  'waiting',
  'unavailable',
  'not_found',
  'address_imprecise',
  'refused',
  'address_missing',
]

const wordsOf = (reason: UnplacedReason, hasGeocoder: boolean) =>
  reason === 'waiting' && !hasGeocoder
    ? { name: geocoder.stuck, help: geocoder.waitsInVain }
    : geocoder.reasons[reason]

/** How far the work in the background is. */
export function PlacingProgress({ hasGeocoder }: PlacingProgressProps) {
  const { data, error, refetch } = useQuery(unplacedCountsQuery({}))
  const shown = order.filter((reason) => (data?.[reason] ?? 0) > 0)
  return (
    <SettingsBox title={geocoder.progress} about={geocoder.progressAbout}>
      {!data && !error && (
        <div className="padded">
          <Skeleton rows={2} hasDisc={false} />
        </div>
      )}
      {!data && error && (
        <Failed title={geocoder.progressFailed} error={error} onRetry={() => void refetch()} />
      )}
      {data && shown.length === 0 && <p className="box-line muted">{geocoder.allPlaced}</p>}
      {data &&
        shown.map((reason) => {
          const { name, help } = wordsOf(reason, hasGeocoder !== false)
          const exact = count(data[reason])
          const printed = data.is_complete ? exact : geocoder.atLeast(exact)
          return (
            <SettingsRow key={reason} label={name} help={help}>
              <Link
                className="link num"
                to="/addresses"
                search={{ reason }}
                aria-label={geocoder.countOf(name, printed)}
              >
                {printed}
              </Link>
            </SettingsRow>
          )
        })}
    </SettingsBox>
  )
}
