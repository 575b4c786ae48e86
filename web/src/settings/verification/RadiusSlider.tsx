import './radius-slider.css'
import { metres } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { lastStop, stopOf } from './radii.ts'
import { RadiusTrack } from './RadiusTrack.tsx'

interface RadiusSliderProps {
  readonly radiusM: number
  /** The radius that holds now, which is marked. */
  readonly presentM: number
  readonly onRadius: (radiusM: number) => void
}

const marks = [50, 100, 300, 1_000, 2_000]
const share = (radiusM: number): number => stopOf(radiusM) / lastStop
const { verification } = texts

/** "1 km": marks are round. */
const short = (m: number): string => metres(m).replace(/[.,]00(?=\s)/, '')

/** Marks that leave room for that of today. */
const shownMarks = (presentM: number) =>
  marks.filter((m) => Math.abs(share(m) - share(presentM)) > 0.1)

const edge = (at: number): string => (at < 0.04 ? 'first' : at > 0.96 ? 'last' : '')

/** The radius of all, between marks, with that of today. */
export const RadiusSlider = ({ radiusM, presentM, onRadius }: RadiusSliderProps) => (
  <div className="radius-slider num">
    <RadiusTrack radiusM={radiusM} name={verification.radius} onRadius={onRadius}>
      <i className="was" style={{ left: `${share(presentM) * 100}%` }} />
    </RadiusTrack>
    <div className="marks" aria-hidden="true">
      {shownMarks(presentM).map((m) => (
        <span key={m} className={edge(share(m))} style={{ left: `${share(m) * 100}%` }}>
          {short(m)}
        </span>
      ))}
      <span
        className={`present ${edge(share(presentM))}`}
        style={{ left: `${share(presentM) * 100}%` }}
      >
        {verification.now(short(presentM))}
      </span>
    </div>
  </div>
)
