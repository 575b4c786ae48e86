import './mini-map.css'
import { accuracy, metres, roundMetres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import {
  type Circle,
  type Degrees,
  type Frame,
  frameOf,
  gridLines,
  offsetFrom,
  pinRoom,
} from './mini-map-frame.ts'

const { miniMap } = texts.visit

export interface MiniMapProps {
  /** The place that the phone was compared with. */
  readonly point: Degrees
  readonly radiusM: number | null
  /** Where the phone was, while that is kept. */
  readonly phone: Degrees | null
  readonly distanceM: number | null
  readonly accuracyM: number | null
  /** The colour of the outcome. */
  readonly color: string
  /** Colours line and distance by the finding. */
  readonly status: string
  readonly width?: number
  readonly height?: number
}

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

/** Whether the phone would stand in the head of the drop. */
const isInDrop = (fix: Circle | undefined, mPerPx: number): boolean =>
  fix !== undefined &&
  Math.abs(fix.x / mPerPx) < pinRoom.half + 6 &&
  fix.y / mPerPx < -4 &&
  fix.y / mPerPx > -pinRoom.drop - 4

interface LabelsProps extends Drawn {
  readonly pin: Circle
  readonly phone: Circle | undefined
  readonly pinText: string
  readonly phoneText: string
}

const isSouthOfPin = (phone: Circle | undefined): boolean => phone !== undefined && phone.y > 0

/** A lower picture has no room for names; what it shows is said in words beside it. */
const labelledFromPx = 140

/** Outside their circles, and away from each other. */
function Labels({ frame, width, height, pin, phone, pinText, phoneText }: LabelsProps) {
  const at = ({ x, y, m }: Circle, text: string, isAbove: boolean, least = 9) => {
    const reach = Math.max(m / frame.mPerPx, least)
    const half = text.length * 3
    return {
      x: Math.min(width - half - 4, Math.max(half + 4, frame.toX(x))),
      y: Math.min(height - 6, Math.max(13, frame.toY(y) + (isAbove ? -reach - 7 : reach + 15))),
    }
  }
  const isSouth = isSouthOfPin(phone)
  /** How far the drop reaches above a phone that stands close to the pin. */
  const dropOver = ({ x, y }: Circle): number => {
    if (isInDrop(phone, frame.mPerPx)) return 0
    const isBeside = Math.abs(frame.toX(x) - frame.toX(pin.x)) > phoneText.length * 3 + pinRoom.half
    return isBeside ? 0 : frame.toY(y) - frame.toY(pin.y) + pinRoom.drop
  }
  return (
    <>
      <text className="label" {...at(pin, pinText, isSouth, isSouth ? pinRoom.drop : 9)}>
        {pinText}
      </text>
      {phone && (
        <text
          className="label"
          {...at(phone, phoneText, !isSouth, isSouth ? 9 : Math.max(9, dropOver(phone)))}
        >
          {phoneText}
        </text>
      )}
    </>
  )
}

/** Customer and phone at one scale: the radius, how sure the phone was, and the line between. */
export function MiniMap(props: MiniMapProps) {
  const { point, radiusM, phone, distanceM, accuracyM, color, status } = props
  const { width = 336, height = 176 } = props
  const pin: Circle = { x: 0, y: 0, m: radiusM ?? 0 }
  const fix = phone ? { ...offsetFrom(point, phone), m: accuracyM ?? 0 } : undefined
  // Once the place is removed, all that is known is how far away it was.
  const ring = !phone && distanceM !== null ? { x: 0, y: 0, m: distanceM } : undefined
  const circles = [pin, fix, ring].filter((circle) => circle !== undefined)
  const isSouth = isSouthOfPin(fix)
  const wide = frameOf(circles, width, height)
  const hasDropAbove =
    isSouth && height >= pinRoom.leastHeight && pin.m / wide.mPerPx < pinRoom.drop
  const frame = hasDropAbove ? frameOf(circles, width, height, pinRoom.drop + pinRoom.label) : wide
  const px = (m: number) => m / frame.mPerPx
  // The bar stands where the lower label does not.
  const low = isSouth && fix ? fix : pin
  const drawn = { frame, width, height }
  const [x, y] = [frame.toX(0), frame.toY(0)]
  const said = miniMap.said(radiusM, distanceM, accuracyM)
  return (
    <svg
      className="mini-map num"
      data-status={status}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={said}
    >
      <Ground {...drawn} isBarLeft={frame.toX(low.x) > width / 2 + 1} />
      {radiusM !== null && <circle className="radius" cx={x} cy={y} r={px(radiusM)} />}
      {ring && <circle className="ring" cx={x} cy={y} r={px(ring.m)} />}
      {fix && (
        <>
          <circle className="sure" cx={frame.toX(fix.x)} cy={frame.toY(fix.y)} r={px(fix.m)} />
          <Distance
            from={[x, y]}
            to={[frame.toX(fix.x), frame.toY(fix.y)]}
            text={distanceM === null ? '' : metres(distanceM)}
          />
        </>
      )}
      <Pin x={x} y={y} color={color} isFlat={isInDrop(fix, frame.mPerPx)} />
      {fix && <circle className="phone-dot" cx={frame.toX(fix.x)} cy={frame.toY(fix.y)} r={5.5} />}
      {height >= labelledFromPx && (
        <Labels
          {...drawn}
          pin={pin}
          phone={fix}
          pinText={radiusM === null ? miniMap.pin : miniMap.pinWith(metres(radiusM))}
          phoneText={accuracyM === null ? miniMap.phone : miniMap.phoneWith(accuracy(accuracyM))}
        />
      )}
    </svg>
  )
}
