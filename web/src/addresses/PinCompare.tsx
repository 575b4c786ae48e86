import './compare.css'
import { useQuery } from '@tanstack/react-query'

import { appQuery } from '../api/app-info.ts'
import type { CustomerKey, PlacedCustomer } from '../api/placed-customers.ts'
import { visitsThereQuery } from '../api/unplaced.ts'
import type { Place } from '../map/movable-pin.ts'
import { metresBetween } from '../map/places.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { addresses } from '../texts/en/addresses.ts'
import { CompareMaps } from './CompareMaps.tsx'
import { placedVisits, type PlacedVisit, visitsBehind } from './visits-there.ts'
import { VisitsAgain } from './VisitsAgain.tsx'

const words = addresses

export interface Compared {
  readonly placed: readonly PlacedVisit[]
  readonly radiusM: number
  readonly isLoading: boolean
}

/** The visits that a pin is compared with; `count`: only the newest accurate ones. */
export function useCompared(
  customer: (CustomerKey & Partial<Pick<PlacedCustomer, 'radiusM'>>) | null | undefined,
  count?: number,
): Compared {
  const { data: app } = useQuery(appQuery)
  const key = customer ?? { type: 'lead', id: 0 }
  const { data, isLoading } = useQuery({
    ...visitsThereQuery(key),
    enabled: customer !== null && customer !== undefined,
  })
  const placed = placedVisits(data?.visits ?? [])
  return {
    placed: count === undefined ? placed : visitsBehind(placed, count),
    radiusM: customer?.radiusM ?? app?.location.radius_m ?? 300,
    isLoading,
  }
}

interface PinCompareProps {
  readonly saved: Place | null
  readonly proposed: Place
  readonly compared: Compared
  readonly width?: number | undefined
  /** Whether before and after stand side by side. */
  readonly isBeside?: boolean | undefined
}

/** What a pin would change: before and after in one frame, and each visit. */
export function PinCompare({ saved, proposed, compared, width, isBeside }: PinCompareProps) {
  const { placed, radiusM, isLoading } = compared
  if (isLoading) return <Skeleton rows={5} hasDisc={false} />
  const tooFar = placed.filter(
    ({ visit }) => visit.rep_location_verification_status === 'resource_location_too_far',
  ).length
  const inside = placed.filter(({ place }) => metresBetween(proposed, place) <= radiusM).length
  return (
    <>
      <CompareMaps
        saved={saved}
        proposed={proposed}
        visits={placed.map(({ place }) => place)}
        radiusM={radiusM}
        distanceM={saved && metresBetween(saved, proposed)}
        width={width}
        isBeside={isBeside}
        now={words.nowTooFar(tooFar)}
        after={placed.length > 0 ? words.afterInside(inside, placed.length) : ''}
      />
      <VisitsAgain placed={placed} pin={proposed} radiusM={radiusM} />
    </>
  )
}
