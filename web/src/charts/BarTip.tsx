import { count } from '../texts/format.ts'
import type { Bar, Series } from './bar.ts'

interface BarTipProps {
  readonly bar: Bar
  readonly series: readonly Series[]
  readonly x: number
  readonly width: number
}

/** The numbers of the bar that is pointed at, beside it. The bar's name says them aloud. */
export const BarTip = ({ bar, series, x, width }: BarTipProps) => (
  <div
    className={x > width - 210 ? 'bar-tip at-left' : 'bar-tip'}
    style={{ left: x }}
    aria-hidden="true"
  >
    <b>{bar.title}</b>
    {series.map(({ name, kind }, at) => (
      <span key={kind}>
        <i className={kind} />
        <span className="muted">{name}</span>
        <span className="num">{count(bar.values[at] ?? 0)}</span>
      </span>
    ))}
  </div>
)
