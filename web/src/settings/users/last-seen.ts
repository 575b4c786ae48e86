import { dayOf, daysAgo, printDay, printShortDay } from '../../texts/days.ts'
import { time } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'

const { seen } = texts.users

/** "now", "4 min ago", "today, 13:40", "Tue 24 Nov", "9 Nov" */
export function lastSeen(at: string | null, nowMs: number): string {
  if (at === null) return seen.never
  const minutes = Math.floor((nowMs - new Date(at).getTime()) / 60_000)
  if (minutes < 2) return seen.now
  if (minutes < 60) return seen.minutes(minutes)
  const day = dayOf(at)
  const ago = daysAgo(day)
  if (ago === 0) return seen.today(time(at))
  if (ago === 1) return seen.yesterday
  return ago < 7 ? printDay(day) : printShortDay(day)
}
