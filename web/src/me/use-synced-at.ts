import { useRecords } from '../offline/use-records.ts'
import { dayOf, printShortDay, today } from '../texts/days.ts'
import { time } from '../texts/format.ts'

/** "14:51", or "26 Nov" of an earlier day. */
export const printMoment = (at: string | number): string => {
  const date = new Date(at)
  return dayOf(date) === today() ? time(date) : printShortDay(dayOf(date))
}

/** When the customers on this phone were last brought up to date; null: never. */
export function useSyncedAt(): string | null {
  const began = useRecords()?.state?.began ?? null
  return began === null ? null : printMoment(began)
}
