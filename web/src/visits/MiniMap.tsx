import { accuracy, metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { type Circle, type Degrees, frameOf, offsetFrom, pinRoom } from './mini-map-frame.ts'
import { Distance, type Drawn, Ground, Pin } from './MiniMapParts.tsx'

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
