import type { LocationData } from '@doorstep/contract/location-data'

import { dayOf } from '../../texts/days.ts'

type Look = LocationData['looks'][number]

/** What one person looked at on one day, the newest first. */
export interface DayOfLooks {
  readonly key: string
  readonly userId: number
  readonly latest: string
  readonly looks: readonly Look[]
}

/** Looks by who and when: somebody who opens a list sees many places at once. */
export function groupLooks(looks: readonly Look[]): readonly DayOfLooks[] {
  const groups = Map.groupBy(looks, ({ user_id: id, at }) => `${id} ${dayOf(at)}`)
  return [...groups].flatMap(([key, [first, ...rest]]) =>
    first ? [{ key, userId: first.user_id, latest: first.at, looks: [first, ...rest] }] : [],
  )
}
