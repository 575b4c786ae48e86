import './charts.css'
import { max, sum } from 'd3-array'
import { type ScaleBand, scaleBand, type ScaleLinear, scaleLinear } from 'd3-scale'
import { type KeyboardEvent, useState } from 'react'

import { count } from '../texts/format.ts'
import type { Bar, Series } from './bar.ts'
import { BarTip } from './BarTip.tsx'
import { useOpenHere } from './use-open-here.ts'
import { useSize } from './use-size.ts'

interface BarsProps {
  readonly name: string
  readonly series: readonly Series[]
  readonly bars: readonly Bar[]
}

const left = 30
const right = 10
const top = 14
const foot = 24
const tickPx = 66
const barMax = 44

/** A column with round corners above. */
function column(x: number, y: number, width: number, height: number, round: number): string {
  const r = Math.min(round, width / 2, height)
  return `M${x} ${y + height}V${y + r}Q${x} ${y} ${x + r} ${y}H${x + width - r}Q${x + width} ${y} ${x + width} ${y + r}V${y + height}Z`
}

interface PartsProps {
  readonly bar: Bar
  readonly series: readonly Series[]
  readonly x: number
  readonly width: number
  readonly y: (value: number) => number
}

/** The parts of a bar, one upon the other, with a gap between. */
function Parts({ bar, series, x, width, y }: PartsProps) {
  const parts = series.map(({ kind }, at) => ({
    kind,
    value: bar.values[at] ?? 0,
    below: sum(bar.values.slice(0, at)),
  }))
  const drawn = parts.filter(({ value }) => value > 0)
  return drawn.map(({ kind, value, below }, at) => {
    const [from, to] = [y(below), y(below + value)]
    const gap = at > 0 && from - to > 2 ? 1 : 0
    const round = at === drawn.length - 1 ? 3 : 0
    return (
      <path
        key={kind}
        className={`part ${kind}`}
        d={column(x, to, width, Math.max(0.5, from - to - gap), round)}
      />
    )
  })
}

interface BarLinkProps extends Pick<PartsProps, 'bar' | 'series' | 'y'> {
  readonly x: ScaleBand<string>
  readonly bottom: number
  /** Whether Tab stops here. */
  readonly isStop: boolean
  readonly onMove: (event: KeyboardEvent<Element>) => void
  readonly onPointed: () => void
  readonly onFocused: () => void
  readonly onLeft: () => void
}

/** A bar, and all of its column as the target of a pointer. */
function BarLink({ bar, series, x, y, bottom, ...rest }: BarLinkProps) {
  const { isStop, onMove, onPointed, onFocused, onLeft } = rest
  const openHere = useOpenHere()
  const start = x(bar.key) ?? 0
  const width = Math.min(barMax, x.bandwidth())
  return (
    <a
      className="hit"
      href={bar.href}
      aria-label={bar.name}
      tabIndex={isStop ? 0 : -1}
      onClick={openHere}
      onKeyDown={onMove}
      onMouseEnter={onPointed}
      onFocus={onFocused}
      onBlur={onLeft}
    >
      <rect
        x={start - (x.step() - x.bandwidth()) / 2}
        y={top}
        width={x.step()}
        height={bottom - top}
      />
      <Parts
        bar={bar}
        series={series}
        x={start + (x.bandwidth() - width) / 2}
        width={width}
        y={y}
      />
    </a>
  )
}

const Axis = ({ y, width }: { readonly y: ScaleLinear<number, number>; readonly width: number }) =>
  y.ticks(3).map((tick) => (
    <g key={tick} className="axis" aria-hidden="true">
      <line x1={left - 4} x2={width} y1={y(tick)} y2={y(tick)} />
      <text x={left - 10} y={y(tick) + 4} textAnchor="end">
        {count(tick)}
      </text>
    </g>
  ))

interface TicksProps {
  readonly bars: readonly Bar[]
  /** How many bars a name stands for, counted from the last. */
  readonly every: number
  readonly x: ScaleBand<string>
  readonly y: number
}

const Ticks = ({ bars, every, x, y }: TicksProps) =>
  bars
    .filter((_, at) => (bars.length - 1 - at) % every === 0)
    .map((bar) => (
      <text
        key={bar.key}
        className="tick"
        aria-hidden="true"
        x={(x(bar.key) ?? 0) + x.bandwidth() / 2}
        y={y}
        textAnchor="middle"
      >
        {bar.tick}
      </text>
    ))

/** Stacked columns. One stop for the keyboard: arrows move along, Enter opens. */
export function Bars({ name, series, bars }: BarsProps) {
  const { ref, width, height } = useSize({ width: 802, height: 300 })
  const [pointed, setPointed] = useState<number>()
  const [stop, setStop] = useState(0)
  const bottom = height - foot
  const most = max(bars, ({ values }) => sum(values)) ?? 0
  const x = scaleBand(
    bars.map(({ key }) => key),
    [left + 4, width - right],
  ).padding(0.4)
  const y = scaleLinear([0, Math.max(4, most)], [bottom, top]).nice(4)
  const every = Math.max(1, Math.ceil(bars.length / Math.max(1, (width - left) / tickPx)))
  const move = (event: KeyboardEvent<Element>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(bars.length - 1, Math.min(stop, bars.length - 1) + by))
    event.currentTarget.closest('svg')?.querySelectorAll('a')[next]?.focus()
  }
  const shown = pointed === undefined ? undefined : bars[pointed]
  return (
    <div ref={ref} className="chart bars" onMouseLeave={() => setPointed(undefined)}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={name}
      >
        <Axis y={y} width={width} />
        {bars.map((bar, at) => (
          <BarLink
            key={bar.key}
            {...{ bar, series, x, y, bottom }}
            isStop={at === Math.min(stop, bars.length - 1)}
            onMove={move}
            onPointed={() => setPointed(at)}
            onFocused={() => {
              setStop(at)
              setPointed(at)
            }}
            onLeft={() => setPointed(undefined)}
          />
        ))}
        <Ticks {...{ bars, every, x }} y={height - 6} />
        {shown && (
          <path
            className="pointer"
            d={`M${(x(shown.key) ?? 0) + x.bandwidth() / 2} ${top - 4}V${bottom}`}
          />
        )}
      </svg>
      {shown && (
        <BarTip
          bar={shown}
          series={series}
          x={(x(shown.key) ?? 0) + x.bandwidth() / 2}
          width={width}
        />
      )}
    </div>
  )
}
