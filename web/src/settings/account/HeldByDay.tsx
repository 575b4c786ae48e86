import { printDay } from '../../texts/days.ts'
import { texts } from '../../texts/texts.ts'

interface HeldByDayProps {
  /** The days on which places go, and how many. */
  readonly days: readonly { readonly date: string; readonly visits: number }[]
}

const { account } = texts
const dayMs = 86_400_000

/** Every day from the first to the last, also those on which none goes. */
function withGaps(days: HeldByDayProps['days']): HeldByDayProps['days'] {
  const known = new Map(days.map(({ date, visits }) => [date, visits]))
  const [first, last] = [days[0], days.at(-1)].map((day) => Date.parse(day?.date ?? ''))
  const all = []
  for (let at = first ?? 0; at <= (last ?? -1); at += dayMs) {
    const date = new Date(at).toISOString().slice(0, 10)
    all.push({ date, visits: known.get(date) ?? 0 })
  }
  return all
}

/** A bar a day until the places of that day go. */
export function HeldByDay({ days }: HeldByDayProps) {
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date))
  const [first, last] = [sorted[0], sorted.at(-1)]
  const most = Math.max(...sorted.map(({ visits }) => visits))
  if (!first || !last) return undefined
  return (
    <figure className="held-by-day">
      <div aria-hidden="true">
        {withGaps(sorted).map(({ date, visits }) => (
          <i
            key={date}
            className={visits === 0 ? 'none' : undefined}
            style={{ height: `${Math.max(4, (visits / most) * 100)}%` }}
            title={account.goesOn(printDay(date), visits)}
          />
        ))}
      </div>
      <figcaption className="muted small num">
        <span>{account.goesOn(printDay(first.date), first.visits)}</span>
        {last !== first && <span>{account.goesOn(printDay(last.date), last.visits)}</span>}
      </figcaption>
    </figure>
  )
}
