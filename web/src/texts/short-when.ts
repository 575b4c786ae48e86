import { dayOf, printShortDay, today } from './days.ts'
import { time } from './format.ts'

/** "14:05" today, else "26 Nov, 14:05". */
export function printShortWhen(at: string): string {
  const day = dayOf(at)
  return day === today() ? time(at) : `${printShortDay(day)}, ${time(at)}`
}
