import './account.css'
import { dayOf, daysAgo, printDay, startOf, today } from '../../texts/days.ts'
import { texts } from '../../texts/texts.ts'

interface Going {
  readonly date: string
  readonly visits: number
}

interface HeldByDayProps {
  /** The days on which places go, and how many. */
  readonly days: readonly Going[]
  /** How many days each is kept. */
  readonly kept: number
}

const { account } = texts
/** More would be thinner than a hair. */
const barsMax = 90

/** From today to the last day: a number a day, or for some days where they are many. */
function barsOf(days: readonly Going[], last: string, kept: number): readonly number[] {
  const first = today()
  const known = new Map(days.map(({ date, visits }) => [date, visits]))
  const length = Math.max(kept, -daysAgo(last)) + 1
  const perBar = Math.ceil(length / barsMax)
  const bars = Array.from({ length: Math.ceil(length / perBar) }, () => 0)
  for (let later = 0; later < length; later += 1) {
    const bar = Math.floor(later / perBar)
    bars[bar] = (bars[bar] ?? 0) + (known.get(dayOf(startOf(first, later))) ?? 0)
  }
  return bars
}

/** When places go, as bars from today on. */
export function HeldByDay({ days, kept }: HeldByDayProps) {
  const sorted = days.toSorted((a, b) => a.date.localeCompare(b.date))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last) return undefined
  const bars = barsOf(sorted, last.date, kept)
  const most = Math.max(...bars, 1)
  return (
    <figure className="held-by-day">
      <div aria-hidden="true">
        {bars.map((visits, bar) => (
          <i
            key={bar}
            className={visits === 0 ? 'none' : undefined}
            style={{ height: visits === 0 ? '2px' : `${Math.max(6, (visits / most) * 100)}%` }}
          />
        ))}
      </div>
      <figcaption className="muted small num">
        <span>
          {first === last ? account.today : account.goesOn(printDay(first.date), first.visits)}
        </span>
        <span>{account.goesOn(printDay(last.date), last.visits)}</span>
      </figcaption>
    </figure>
  )
}
