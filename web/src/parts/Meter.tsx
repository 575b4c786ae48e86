import './meter.css'

interface MeterProps {
  /** What is measured, read aloud. */
  readonly name: string
  /** From 0 to 1; undefined: under way, and nobody knows how far. */
  readonly share: number | undefined
  readonly isLarge?: boolean | undefined
}

/** How far long work is. */
export const Meter = ({ name, share, isLarge }: MeterProps) => (
  <div
    className={isLarge ? 'meter large' : 'meter'}
    role="progressbar"
    aria-label={name}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
  >
    <i style={{ width: `${(share ?? 0) * 100}%` }} />
  </div>
)
