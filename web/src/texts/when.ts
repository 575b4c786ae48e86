import { dayOf, today } from './days.ts'
import { day, time } from './format.ts'

/** `14:02`, or `Thu 26 Nov, 14:02` of another day. */
export function whenOf(at: string | number | Date): string {
  const date = new Date(at)
  return dayOf(date) === today() ? time(date) : `${day(date)}, ${time(date)}`
}
