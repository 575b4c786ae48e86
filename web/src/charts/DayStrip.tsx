import './charts.css'
import { useOpenHere } from './use-open-here.ts'

export interface Cell {
  readonly key: string
  readonly title: string
  readonly value: number
  readonly isWeekend: boolean
  readonly href: string | undefined
}

interface DayStripProps {
  readonly cells: readonly Cell[]
  /** What counts as most, the same for all strips that stand together. */
  readonly most: number
  /** Read aloud in place of the cells. */
  readonly summary: string
}

const gap = 2
const widthMax = 450
const cellMax = 15

/** A cell for each day, stronger where there is more. Each opens its visits. */
export function DayStrip({ cells, most, summary }: DayStripProps) {
  const openHere = useOpenHere()
  const step = Math.min(cellMax + gap, widthMax / Math.max(1, cells.length))
  const width = step > 2 * gap ? step - gap : step * 0.8
  return (
    <>
      <span className="unseen">{summary}</span>
      <svg
        className="day-strip"
        width={Math.ceil(cells.length * step)}
        height="18"
        viewBox={`0 0 ${Math.ceil(cells.length * step)} 18`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onClick={openHere}
      >
        {cells.map(({ key, title, value, isWeekend, href }, at) => {
          const cell = (
            <rect
              x={at * step}
              width={width}
              height="18"
              rx={Math.min(3, width / 3)}
              className={isWeekend ? 'weekend' : undefined}
              style={{ '--share': `${Math.round((value / Math.max(1, most)) * 80)}%` }}
            >
              <title>{title}</title>
            </rect>
          )
          return href === undefined ? (
            <g key={key}>{cell}</g>
          ) : (
            <a key={key} href={href} tabIndex={-1}>
              {cell}
            </a>
          )
        })}
      </svg>
    </>
  )
}
