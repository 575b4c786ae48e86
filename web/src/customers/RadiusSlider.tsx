import { Slider } from '@base-ui/react/slider'
import { useState } from 'react'

import { lastStop, radiusAt, stopOf } from '../settings/verification/radii.ts'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

const words = texts.customer.map

interface RadiusSliderProps {
  readonly radiusM: number
  /** Whether it is that of the account. */
  readonly isOfAccount: boolean
  /** While it is dragged. */
  readonly onShown: (radiusM: number | undefined) => void
  /** null: as for all. */
  readonly onRadius: (radiusM: number | null) => void
}

/** How far from its place a visit is still at the customer. */
export function RadiusSlider({ radiusM, isOfAccount, onShown, onRadius }: RadiusSliderProps) {
  const [dragged, setDragged] = useState<number>()
  const shown = dragged === undefined ? radiusM : radiusAt(dragged)
  return (
    <div className="radius-tool">
      <span className="muted">{words.radius}</span>
      <Slider.Root
        className="slider"
        min={0}
        max={lastStop}
        step={1}
        value={dragged ?? stopOf(radiusM)}
        onValueChange={(position) => {
          setDragged(position)
          onShown(radiusAt(position))
        }}
        onValueCommitted={(position) => {
          setDragged(undefined)
          onShown(undefined)
          if (radiusAt(position) !== radiusM) onRadius(radiusAt(position))
        }}
      >
        <Slider.Control className="control">
          <Slider.Track className="track">
            <Slider.Indicator className="indicator" />
            <Slider.Thumb
              className="thumb"
              aria-label={words.radius}
              getAriaValueText={() => metres(shown)}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
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
