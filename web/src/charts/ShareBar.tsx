import './charts.css'

interface ShareBarProps {
  /** From 0 to 1; the number has to stand beside it. */
  readonly share: number
  readonly kind: 'verified' | 'resource_location_too_far' | 'neutral'
}

/** How much of a whole, drawn. */
export const ShareBar = ({ share, kind }: ShareBarProps) => (
  <svg className={`chart-meter ${kind}`} width="60" height="6" aria-hidden="true">
    <rect className="whole" width="60" height="6" rx="3" />
    <rect className="part" width={Math.min(1, Math.max(0, share)) * 60} height="6" rx="3" />
  </svg>
)
