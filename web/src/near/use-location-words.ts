import { useIsOnline } from '../offline/connection.ts'
import type { Here } from '../offline/use-here.ts'
import type { PhoneRecords } from '../offline/use-records.ts'
import { useNow } from '../parts/use-now.ts'
import { daysAgo, dayOf, printShortDay } from '../texts/days.ts'
import { roundMetres, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { aroundM, countAround } from './near-list.ts'
import type { NearSearch } from './near-search.ts'
import type { Near } from './use-near.ts'

const words = texts.near
/** Older than this, the age of what is shown is said. */
const oldMs = 60 * 60_000

/** Whether nothing was ever read to this phone, and it can be. */
export const isFirstTime = ({ customers, state }: PhoneRecords): boolean =>
  state === null && customers.length === 0 && navigator.onLine

const when = (at: string): string =>
  daysAgo(dayOf(at)) === 0 ? time(at) : `${printShortDay(dayOf(at))}, ${time(at)}`

/** How many there are, and where. */
export function titleOf({ records, all }: Near, search: NearSearch, { fix }: Here): string {
  if (!records || isFirstTime(records)) return words.reading
  if (search.q) return words.found(all.length)
  if (records.customers.length === 0) return words.empty.title
  if (!fix) return words.overdueFirst(all.length)
  const around = countAround(all)
  const first = all[0]?.distanceM ?? null
  if (around === 0 && first !== null) return words.nearest(first)
  return words.within(around, roundMetres(aroundM))
}

/** How sure the place is; without a network, how old the customers are. */
export function useLine({ records }: Near, here: Here): string {
  const isOnline = useIsOnline()
  const now = useNow(60_000)
  const began = records?.state?.began ?? null
  const isOld = began !== null && now - Date.parse(began) > oldMs
  const age = began !== null && (!isOnline || isOld) ? words.asOf(when(began)) : null
  const parts = [isOnline ? null : words.offline, age].filter((part) => part !== null)
  if (parts.length > 0) return parts.join(' · ')
  if (here.fix) return words.sure(here.fix.accuracy)
  if (here.isLooking) return words.looking
  return here.state === 'allowed' ? words.notFound : ''
}
