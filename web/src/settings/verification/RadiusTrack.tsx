import { Slider } from '@base-ui/react/slider'
import type { ReactNode } from 'react'

import { metres } from '../../texts/format.ts'
import { lastStop, radiusAt, stopOf } from './radii.ts'

interface RadiusTrackProps {
  readonly className?: string
  readonly radiusM: number
  readonly name: string
  /** While it is dragged. */
  readonly onRadius: (radiusM: number) => void
  /** Once it is let go. */
  readonly onChosen?: (radiusM: number) => void
  /** Marks on the track. */
  readonly children?: ReactNode
}

/** Each step to the right is the same share more. */
export const RadiusTrack = ({ radiusM, name, className, ...rest }: RadiusTrackProps) => (
  <Slider.Root
    className={className}
    value={stopOf(radiusM)}
    min={0}
    max={lastStop}
    step={1}
    largeStep={5}
    onValueChange={(stop: number) => rest.onRadius(radiusAt(stop))}
    onValueCommitted={(stop: number) => rest.onChosen?.(radiusAt(stop))}
  >
    <Slider.Control className="control">
      <Slider.Track className="track">
        <Slider.Indicator className="indicator" />
        {rest.children}
        <Slider.Thumb
          className="thumb"
          aria-label={name}
          getAriaValueText={() => metres(radiusM)}
        />
      </Slider.Track>
    </Slider.Control>
  </Slider.Root>
)
