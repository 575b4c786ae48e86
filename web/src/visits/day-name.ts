import { daysAgo, printDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'

/** "Today, Thu 26 Nov" */
export function dayName(day: string): string {
  const ago = daysAgo(day)
  if (ago === 0) return texts.visits.today(printDay(day))
  return ago === 1 ? texts.visits.yesterday(printDay(day)) : printDay(day)
}
