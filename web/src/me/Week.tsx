import type { Visit } from '@doorstep/contract/visits'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'

import { classes } from '../parts/classes.ts'
import { dayOf, startOf } from '../texts/days.ts'
import { count, longDay, weekday } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const { myVisits: words } = texts
const route = getRouteApi('/shell/my-visits')
const highestPx = 45
const leastPx = 3

interface WeekProps {
  /** The oldest first. */
  readonly days: readonly string[]
  /** undefined: not read yet, so that nothing is known of any day. */
  readonly visits: readonly Visit[] | undefined
}

/** Seven days, each a way to its visits. */
export function Week({ days, visits }: WeekProps) {
  const { day: chosen } = route.useSearch()
  const counts = days.map(
    (day) => visits?.filter((each) => dayOf(each.visited_at) === day).length ?? 0,
  )
  const most = Math.max(...counts, 1)
  useEffect(() => {
    if (chosen === undefined) return
    const section = document.getElementById(`day-${chosen}`)
    section?.scrollIntoView({ block: 'start' })
    section?.focus({ preventScroll: true })
  }, [chosen])
  return (
    <nav className="week num" aria-label={words.days}>
      {days.map((day, index) => {
        const of = counts[index] ?? 0
        const height = Math.max(leastPx, Math.round((of / most) * highestPx))
        const isOn = day === (chosen ?? days.at(-1))
        return (
          <Link
            key={day}
            from="/my-visits"
            search={(before) => ({ ...before, day })}
            replace
            resetScroll={false}
            className={classes(isOn && 'on', of === 0 && 'none')}
            aria-current={isOn ? 'date' : undefined}
            aria-label={visits ? words.day(longDay(startOf(day)), of) : longDay(startOf(day))}
          >
            <b>{visits ? count(of) : '\u00a0'}</b>
            <i style={{ height: `${height}px` }} />
            {weekday(startOf(day))}
          </Link>
        )
      })}
    </nav>
  )
}
