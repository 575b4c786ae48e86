import { printDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { dayIn, daysBetween } from '../texts/zone-days.ts'

/** "Today, Thu 26 Nov", of the days of a zone. */
export function dayName(day: string, zone: string | undefined): string {
  const ago = daysBetween(day, dayIn(Date.now(), zone))
  if (ago === 0) return texts.visits.today(printDay(day))
  return ago === 1 ? texts.visits.yesterday(printDay(day)) : printDay(day)
}
