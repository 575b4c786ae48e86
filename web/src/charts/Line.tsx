import './charts.css'
import { extent } from 'd3-array'
import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'

import { useOpenHere } from './use-open-here.ts'
import { useSize } from './use-size.ts'

export interface LinePoint {
  readonly key: string
  readonly title: string
  /** From 0 to 100; null: there is nothing to say. */
  readonly value: number | null
  readonly href: string | undefined
}

interface LineProps {
  /** Read aloud in place of the drawing. */
  readonly summary: string
  readonly points: readonly LinePoint[]
}

const height = 112
const left = 30
const right = 6
const top = 12
const bottom = 100

/** The round tens around what is shown, so that a change can be seen. */
function domainOf(points: readonly LinePoint[]): readonly [number, number] {
  const [low = 0, high = 100] = extent(
    points.flatMap(({ value }) => (value === null ? [] : [value])),
  )
  const from = Math.max(0, Math.floor((low - 1) / 10) * 10)
  return [Math.min(from, 80), Math.min(100, Math.max(Math.ceil(high / 10) * 10, from + 20))]
}

/** A percentage over time. */
export function Line({ summary, points }: LineProps) {
  const { ref, width } = useSize({ width: 372, height })
  const openHere = useOpenHere()
  const shown = points.filter(({ value }) => value !== null)
  const x = scalePoint(
    points.map(({ key }) => key),
    [left + 8, width - right],
  )
  const y = scaleLinear(domainOf(points), [bottom, top])
  const at = ({ key }: LinePoint) => x(key) ?? left
  const up = ({ value }: LinePoint) => y(value ?? 0)
  const last = shown.at(-1)
  const step = Math.max(4, x.step())
  return (
    <div ref={ref} className="chart">
      <span className="unseen">{summary}</span>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        onClick={openHere}
      >
        {y.ticks(2).map((tick) => (
          <g key={tick} className="axis">
            <line x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
            <text x={left - 6} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        <path
          className="line-area"
          d={area<LinePoint>().x(at).y0(bottom).y1(up)(shown) ?? undefined}
        />
        <path className="line" d={line<LinePoint>().x(at).y(up)(shown) ?? undefined} />
        {last && <circle className="line-end" cx={at(last)} cy={up(last)} r="3.6" />}
        {shown.map((point) => (
          <a
            key={point.key}
            className="hit"
            href={point.href}
            aria-label={point.title}
            tabIndex={-1}
          >
            <rect x={at(point) - step / 2} y={top} width={step} height={bottom - top}>
              <title>{point.title}</title>
            </rect>
            <circle className="line-end" cx={at(point)} cy={up(point)} r="3.6" />
          </a>
        ))}
      </svg>
    </div>
  )
}
