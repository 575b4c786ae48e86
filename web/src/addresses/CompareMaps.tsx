import type { ReactNode } from 'react'

import type { Place } from '../map/movable-pin.ts'
import { addresses } from '../texts/en/addresses.ts'
import { metres } from '../texts/format.ts'
import {
  type Circle,
  type Frame,
  frameOf,
  type Offset,
  offsetFrom,
} from '../visits/mini-map-frame.ts'
import { Distance, Ground, Pin } from '../visits/MiniMapParts.tsx'

const words = addresses

interface CompareMapsProps {
  /** The pin as it is saved; null: there is none. */
  readonly saved: Place | null
  readonly proposed: Place
  readonly visits: readonly Place[]
  readonly radiusM: number
  readonly distanceM: number | null
  readonly width?: number | undefined
  readonly isBeside?: boolean | undefined
  /** Under each of the two names. */
  readonly now: string
  readonly after: string
}

/** One map alone has more room. */
const heights = { ofTwo: 176, alone: 248 }
/** How far a pin reaches above its place. */
const pinPx = 30

/**
 * The old pin and the new one, each with its radius and the visits, in one frame and at one scale. Where
 * there is no old one, only the new.
 */
export function CompareMaps(props: CompareMapsProps) {
  const { saved, proposed, visits, radiusM, distanceM, width = 440, isBeside, now, after } = props
  const origin = saved ?? proposed
  const old = saved && { x: 0, y: 0 }
  const next = offsetFrom(origin, proposed)
  const dots = visits.map((place) => offsetFrom(origin, place))
  const circle = (at: Offset, m: number): Circle => ({ ...at, m })
  const circles = [
    ...(old ? [circle(old, radiusM)] : []),
    circle(next, radiusM),
    ...dots.map((at) => circle(at, 0)),
  ]
  const height = old ? heights.ofTwo : heights.alone
  const frame = frameOf(circles, width, height)
  const size = { frame, width, height }
  const shown: Shown = { ...size, old, next, dots, radiusM, isSouth: !old || next.y > 0 }
  return (
    <div className={isBeside ? 'compare-maps beside' : 'compare-maps'}>
      {old && (
        <Picture
          name={words.now}
          help={now}
          status="resource_location_too_far"
          said={words.mapNow(visits.length, distanceM ?? 0)}
          {...size}
        >
          <Before {...shown} old={old} distanceM={distanceM} />
        </Picture>
      )}
      <Picture
        name={words.after}
        help={after}
        status="verified"
        said={words.mapAfter(visits.length, old !== null)}
        {...size}
      >
        <After {...shown} />
      </Picture>
    </div>
  )
}

interface Size {
  readonly frame: Frame
  readonly width: number
  readonly height: number
}

interface PictureProps extends Size {
  readonly name: string
  readonly help: string
  /** Colours what it shows. */
  readonly status: string
  readonly said: string
  readonly children: ReactNode
}

const Picture = ({ name, help, status, said, frame, width, height, children }: PictureProps) => (
  <figure>
    <figcaption>
      <b>{name}</b>
      <span className="muted">{help}</span>
    </figcaption>
    <svg
      className="mini-map num"
      data-status={status}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={said}
    >
      <Ground frame={frame} width={width} height={height} />
      {children}
    </svg>
  </figure>
)

interface Shown extends Size {
  readonly old: Offset | null
  readonly next: Offset
  readonly dots: readonly Offset[]
  readonly radiusM: number
  /** Whether the new pin is below the old one. */
  readonly isSouth: boolean
}

interface BeforeProps extends Shown {
  readonly old: Offset
  readonly distanceM: number | null
}

function Before(shown: BeforeProps) {
  const { frame, old, next, dots, width, height, radiusM: m, isSouth, distanceM } = shown
  const text = words.savedPin(m)
  return (
    <>
      <Radius frame={frame} at={old} m={m} />
      {distanceM !== null && (
        <Distance
          from={spot(frame, old)}
          to={spot(frame, next)}
          text={metres(distanceM)}
          isAlwaysSaid
        />
      )}
      <Dots frame={frame} dots={dots} />
      <Pin x={frame.toX(0)} y={frame.toY(0)} color="var(--ink)" />
      <Label {...{ frame, width, height, m, text }} at={old} isAbove={isSouth} />
    </>
  )
}

function After({ frame, old, next, dots, width, height, radiusM: m, isSouth }: Shown) {
  const reachM = Math.max(0, ...dots.map(({ x, y }) => Math.hypot(x - next.x, y - next.y)))
  const text = words.newPin(dots.length, Math.ceil(reachM))
  return (
    <>
      <Radius frame={frame} at={next} m={m} isNew />
      {old && <OldPin frame={frame} at={old} isNamedAbove={isSouth} />}
      <Pin x={frame.toX(next.x)} y={frame.toY(next.y)} color="var(--ink)" />
      <Dots frame={frame} dots={dots} />
      <Label {...{ frame, width, height, m, text }} at={next} isAbove={!isSouth} />
    </>
  )
}

const spot = (frame: Frame, { x, y }: Offset): [number, number] => [frame.toX(x), frame.toY(y)]

interface AtProps {
  readonly frame: Frame
  readonly at: Offset
}

const Radius = ({
  frame,
  at,
  m,
  isNew = false,
}: AtProps & { readonly m: number; readonly isNew?: boolean }) => (
  <circle
    className={isNew ? 'radius new' : 'radius'}
    cx={frame.toX(at.x)}
    cy={frame.toY(at.y)}
    r={m / frame.mPerPx}
  />
)

const Dots = ({ frame, dots }: { readonly frame: Frame; readonly dots: readonly Offset[] }) =>
  dots.map(({ x, y }, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <circle key={index} className="visit-dot" cx={frame.toX(x)} cy={frame.toY(y)} r={4} />
  ))

/** As it was, dashed and hollow. */
const OldPin = ({ frame, at, isNamedAbove }: AtProps & { readonly isNamedAbove: boolean }) => (
  <g className="old-pin" transform={`translate(${frame.toX(at.x)} ${frame.toY(at.y)})`}>
    <path className="drop" d="M0 0C-3-5-10-10-10-18a10 10 0 0 1 20 0C10-10 3-5 0 0Z" />
    <circle className="hole" cy={-18} r={3} />
    <text className="label" y={isNamedAbove ? -34 : 15}>
      {words.oldPin}
    </text>
  </g>
)

interface LabelProps extends AtProps, Size {
  readonly m: number
  readonly isAbove: boolean
  readonly text: string
}

/** Outside its circle, away from the other pin, and within the picture. */
function Label({ frame, at, m, width, height, isAbove, text }: LabelProps) {
  const half = text.length * 3
  const x = Math.min(width - half - 4, Math.max(half + 4, frame.toX(at.x)))
  const reach = m / frame.mPerPx
  const y = Math.min(
    height - 6,
    Math.max(13, frame.toY(at.y) + (isAbove ? -Math.max(reach, pinPx) - 6 : reach + 13)),
  )
  return (
    <text className="label" x={x} y={y}>
      {text}
    </text>
  )
}
