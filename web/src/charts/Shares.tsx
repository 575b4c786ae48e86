import './charts.css'
import type { ReactNode } from 'react'

export interface Share {
  readonly key: string
  readonly name: ReactNode
  readonly color: string
  /** Drawn as an outline: what has none. */
  readonly isHollow?: boolean | undefined
  readonly value: number
  /** The number, as a link to what it counts. */
  readonly number: ReactNode
  readonly aside?: ReactNode
}

interface SharesProps {
  readonly name: string
  readonly shares: readonly Share[]
}

/** Parts of a whole as bars, the largest as wide as there is room. */
export function Shares({ name, shares }: SharesProps) {
  const most = Math.max(1, ...shares.map(({ value }) => value))
  const hasAside = shares.some(({ aside }) => aside !== undefined)
  return (
    <ul className={hasAside ? 'shares with-aside' : 'shares'} aria-label={name}>
      {shares.map((share) => (
        <li key={share.key}>
          <span className="name">{share.name}</span>
          <svg width="100%" height="14" aria-hidden="true">
            <rect className="whole" width="100%" height="14" rx="4" />
            <rect
              className={share.isHollow ? 'hollow' : undefined}
              height="14"
              rx="4"
              style={{
                '--width': `${(share.value / most) * 100}%`,
                fill: share.isHollow ? undefined : share.color,
              }}
            />
          </svg>
          <span className="number num">{share.number}</span>
          {share.aside !== undefined && <span className="aside num">{share.aside}</span>}
        </li>
      ))}
    </ul>
  )
}
