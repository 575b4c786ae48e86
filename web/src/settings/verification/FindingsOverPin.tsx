import './findings-over-pin.css'
import '../../visits/mini-map.css'
import { useMemo } from 'react'

import type { PreviewedVisit } from '../../api/verification-previews.ts'
import { useIsPhone } from '../../parts/is-phone.ts'
import { metres } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { frameOf, gridLines } from '../../visits/mini-map-frame.ts'

interface FindingsOverPinProps {
  readonly visits: readonly PreviewedVisit[]
  readonly presentM: number
  readonly radiusM: number
}

const onDesk = { width: 594, height: 330 }
const onPhone = { width: 336, height: 260 }
const { verification } = texts
/** So that directions which nobody knows any more spread evenly. */
const goldenAngle = 137.508

interface Dot {
  readonly id: number
  readonly x: number
  readonly y: number
  readonly status: PreviewedVisit['status_then']
  readonly isChanged: boolean
}

/** Metres east and south of the pin. */
const dotsOf = (visits: readonly PreviewedVisit[]): readonly Dot[] =>
  visits.map((visit) => {
    const degrees = visit.bearing ?? (visit.visit_id * goldenAngle) % 360
    const angle = (degrees * Math.PI) / 180
    return {
      id: visit.visit_id,
      x: Math.sin(angle) * visit.distance_m,
      y: -Math.cos(angle) * visit.distance_m,
      status: visit.status_then,
      isChanged: visit.status_now !== visit.status_then,
    }
  })

function Pill({ x, y, text, kind }: { x: number; y: number; text: string; kind: string }) {
  const half = text.length * 3.4 + 9
  return (
    <g className={kind} transform={`translate(${x} ${y})`}>
      <rect className="pill" x={-half} y={-10} width={2 * half} height={20} rx={10} />
      <text className="pill-text" y={4}>
        {text}
      </text>
    </g>
  )
}

/** The last findings at one scale over one pin, and both radii. Those that would change are strong. */
export function FindingsOverPin({ visits, presentM, radiusM }: FindingsOverPinProps) {
  const { width, height } = useIsPhone() ? onPhone : onDesk
  const dots = useMemo(
    () => dotsOf(visits).toSorted((a, b) => Number(a.isChanged) - Number(b.isChanged)),
    [visits],
  )
  // Some room beyond the larger of both, so that what lies just outside is seen.
  const frame = frameOf([{ x: 0, y: 0, m: Math.max(presentM, radiusM) * 1.02 }], width, height)
  const px = (m: number) => m / frame.mPerPx
  const [x, y] = [frame.toX(0), frame.toY(0)]
  const step = px(frame.gridM)
  const bar = px(frame.barM)
  const isSeen = (dot: Dot) =>
    Math.abs(px(dot.x)) < width / 2 + 4 && Math.abs(px(dot.y)) < height / 2 + 24
  const isSame = presentM === radiusM
  return (
    <svg
      className="mini-map findings-over-pin num"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={verification.drawn(metres(presentM), metres(radiusM))}
    >
      <g className="grid">
        {gridLines(x, step, width).map((at) => (
          <path key={at} d={`M${at} 0V${height}`} />
        ))}
        {gridLines(y, step, height).map((at) => (
          <path key={at} d={`M0 ${at}H${width}`} />
        ))}
      </g>
      {!isSame && <circle className="present" cx={x} cy={y} r={px(presentM)} />}
      <circle className="wanted" cx={x} cy={y} r={px(radiusM)} />
      {dots.filter(isSeen).map((dot) => (
        <circle
          key={dot.id}
          className={dot.isChanged ? 'dot strong' : 'dot'}
          data-status={dot.status}
          cx={x + px(dot.x)}
          cy={y + px(dot.y)}
          r={dot.isChanged ? 3.6 : 2.2}
        />
      ))}
      {!isSame && (
        <Pill
          kind="pill-present"
          x={x}
          y={y - px(presentM)}
          text={verification.now(metres(presentM))}
        />
      )}
      <Pill kind="pill-wanted" x={x} y={y + px(radiusM)} text={metres(radiusM)} />
      <g className="one-pin" transform={`translate(${x} ${y})`}>
        <path d="M0 0C-3-5-9-9-9-16a9 9 0 0 1 18 0C9-9 3-5 0 0Z" />
        <circle cy={-16} r={3} />
      </g>
      <path className="bar-line" d={`M${width - 50 - bar} ${height - 18}v4h${bar}v-4`} />
      <text className="bar-text" x={width - 12} y={height - 13}>
        {metres(frame.barM)}
      </text>
    </svg>
  )
}
