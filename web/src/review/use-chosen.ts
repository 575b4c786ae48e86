import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { heldReviews } from '../api/visit-reviews.ts'
import { visitQuery } from '../api/visits.ts'
import { useHeld } from '../parts/held.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useIsLeaving } from '../use-is-leaving.ts'
import type { Selection } from '../visits/use-selection.ts'
import type { PhoneReviewProps } from './PhoneReview.tsx'

const route = getRouteApi('/shell/review')

/** The page of a visit, which may be none of the first rows; undefined once it no longer waits. */
function usePage(id: number | undefined, queue: readonly Visit[]): PhoneReviewProps | undefined {
  const navigate = route.useNavigate()
  const isLeaving = useIsLeaving()
  const listed = queue.find((visit) => visit.id === id)
  const isUnlisted = id !== undefined && !listed
  const { data, error, refetch } = useQuery({ ...visitQuery(id ?? 0), enabled: isUnlisted })
  const isDecided = isUnlisted && data !== undefined && data.review?.state !== 'open'
  const isDecidedHere = useHeld(heldReviews).has(id ?? 0)
  // A decision that is made here leads back by itself.
  const isStale = isDecided && !isDecidedHere
  useEffect(() => {
    if (!isStale || isLeaving()) return
    void navigate({ search: (before) => ({ ...before, visit: undefined }), replace: true })
  }, [isStale, id, navigate, isLeaving])
  if (id === undefined || isDecided) return undefined
  return { visit: listed ?? data, error, onRetry: () => void refetch() }
}

/** The visit that is looked at: beside the queue, or on a phone a page that is opened from it. */
export function useChosen(queue: readonly Visit[], selection: Selection) {
  const { visit: openedId } = route.useSearch()
  const navigate = route.useNavigate()
  const isPhone = useIsPhone()
  const page = usePage(isPhone ? openedId : undefined, queue)
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, queue.length - 1)
  const current = queue[at]
  const move = (by: number) => setChosen(Math.max(0, Math.min(queue.length - 1, at + by)))
  const deskKeys = {
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    x: () => current && selection.toggle(current.id),
    'shift+x': () => current && selection.extendTo(current.id),
  }
  useKeys({ ...(!isPhone && deskKeys), escape: selection.clear })
  const choose = (index: number) => {
    setChosen(index)
    const visit = queue[index]?.id
    if (isPhone) void navigate({ search: (before) => ({ ...before, visit }) })
  }
  return isPhone
    ? { at: -1, opened: undefined, page, choose }
    : { at, opened: current, page: undefined, choose }
}
