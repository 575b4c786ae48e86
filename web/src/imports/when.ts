import { dayOf, printShortDay, today } from '../texts/days.ts'
import { time } from '../texts/format.ts'

/** "14:05" today, else "26 Nov, 14:05". */
export function when(at: string): string {
  const day = dayOf(at)
  return day === today() ? time(at) : `${printShortDay(day)}, ${time(at)}`
}
