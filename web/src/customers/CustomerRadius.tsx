import { useState } from 'react'

import { RadiusTrack } from '../settings/verification/RadiusTrack.tsx'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const words = texts.customer.map

interface CustomerRadiusProps {
  readonly radiusM: number
  /** Whether it is that of the account. */
  readonly isOfAccount: boolean
  /** While it is dragged. */
  readonly onShown: (radiusM: number | undefined) => void
  /** null: as for all. */
  readonly onRadius: (radiusM: number | null) => void
}

/** How far from its place a visit is still at the customer. */
export function CustomerRadius({ radiusM, isOfAccount, onShown, onRadius }: CustomerRadiusProps) {
  const [dragged, setDragged] = useState<number>()
  const shown = dragged ?? radiusM
  return (
    <div className="radius-tool">
      <span className="muted">{words.radius}</span>
      <RadiusTrack
        className="slider"
        radiusM={shown}
        name={words.radius}
        onRadius={(next) => {
          setDragged(next)
          onShown(next)
        }}
        onChosen={(next) => {
          setDragged(undefined)
          onShown(undefined)
          if (next !== radiusM) onRadius(next)
        }}
      />
      <b className="num">{metres(shown)}</b>
      {isOfAccount ? (
        <span className="faint small">{words.asForAll}</span>
      ) : (
        <button type="button" className="link small" onClick={() => onRadius(null)}>
          {words.setAsForAll}
        </button>
      )}
    </div>
  )
}
