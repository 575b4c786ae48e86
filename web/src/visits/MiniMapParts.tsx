import './mini-map.css'
import { roundMetres } from '../texts/format.ts'
import { type Frame, gridLines } from './mini-map-frame.ts'

export interface Drawn {
  readonly frame: Frame
  readonly width: number
  readonly height: number
}

interface GroundProps extends Drawn {
  /** Whether the scale bar stands at the left. */
  readonly isBarLeft?: boolean
}

/** Grid and scale bar. */
export function Ground({ frame, width, height, isBarLeft = false }: GroundProps) {
  const step = frame.gridM / frame.mPerPx
  const bar = frame.barM / frame.mPerPx
  const left = isBarLeft ? 14 : width - 14 - bar
  return (
    <>
      <g className="grid">
        {gridLines(frame.toX(0), step, width).map((x) => (
          <path key={x} d={`M${x} 0V${height}`} />
        ))}
        {gridLines(frame.toY(0), step, height).map((y) => (
          <path key={y} d={`M0 ${y}H${width}`} />
        ))}
      </g>
      <path className="bar-line" d={`M${left} ${height - 14}v4h${bar}v-4`} />
      {/* Above the bar, so that a label beside it has room. */}
      <text
        className="bar-text"
        x={isBarLeft ? left : left + bar}
        y={height - 19}
        {...(isBarLeft && { style: { textAnchor: 'start' } })}
      >
        {roundMetres(frame.barM)}
      </text>
    </>
  )
}

export interface LineProps {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly text: string
  /** Whether it stands beside a line that is too short for it; else it is left out there. */
  readonly isAlwaysSaid?: boolean
}

const pillHeight = 20
/** Free of a line, and of the pin at its end. */
const besidePx = 14

/** The distance on its line, the right way up. */
export function Distance({ from: [x1, y1], to: [x2, y2], text, isAlwaysSaid = false }: LineProps) {
  const length = Math.hypot(x2 - x1, y2 - y1)
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI
  const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle
  const half = text.length * 3.4 + 8
  const isOn = length > 2 * half + 24
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  // At a right angle to the line, on its right.
  const radians = ((upright > 0 ? upright - 90 : upright + 90) * Math.PI) / 180
  const [east, south] = [Math.cos(radians), Math.sin(radians)]
  const away = besidePx + Math.abs(east) * half + Math.abs(south) * (pillHeight / 2)
  const beside = `translate(${x + east * away} ${y + south * away})`
  return (
    <>
      <path className="distance" d={`M${x1} ${y1}L${x2} ${y2}`} />
      {(isOn || isAlwaysSaid) && (
        <g transform={isOn ? `translate(${x} ${y}) rotate(${upright})` : beside}>
          <rect
            className="pill"
            x={-half}
            y={-pillHeight / 2}
            width={2 * half}
            height={pillHeight}
            rx={pillHeight / 2}
          />
          <text className="pill-text" y={4}>
            {text}
          </text>
        </g>
      )}
    </>
  )
}

interface PinProps {
  readonly x: number
  readonly y: number
  readonly color: string
  /** A disc on its place: the head of a drop would hide what stands above it. */
  readonly isFlat?: boolean
}

/** A drop that stands on its place. */
export const Pin = ({ x, y, color, isFlat = false }: PinProps) => (
  <g transform={`translate(${x} ${y})`}>
    {isFlat ? <circle className="drop" r={6.5} style={{ fill: color }} /> : <Drop color={color} />}
  </g>
)

const Drop = ({ color }: Pick<PinProps, 'color'>) => (
  <>
    <ellipse className="foot" rx={5} ry={2} />
    <path
      className="drop"
      d="M0 0C-3-5-10-10-10-18a10 10 0 0 1 20 0C10-10 3-5 0 0Z"
      style={{ fill: color }}
    />
    <circle className="hole" cy={-18} r={3.4} />
  </>
)
