import './map-preview.css'
import { mapPalette, type MapTheme } from '@doorstep/contract/map-palette'
import { useEffect, useRef } from 'react'

import { type Share, drawDonut } from '../../map/donuts.ts'
import type { Picture } from '../../map/drawing.ts'
import { drawPin, type PinLook } from '../../map/pins.ts'
import type { OutcomeLook } from '../../parts/Outcome.tsx'
import { texts } from '../../texts/texts.ts'

const { visitOutcomes: words } = texts

const pinOf = ({ color, icon }: OutcomeLook): PinLook => ({ colour: color, icon })

function Drawn({ picture, className }: { readonly picture: Picture; readonly className: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { image, ratio } = picture
  useEffect(() => canvas.current?.getContext('2d')?.putImageData(image, 0, 0), [image])
  return (
    <canvas
      ref={canvas}
      className={className}
      width={image.width}
      height={image.height}
      style={{ width: image.width / ratio, height: image.height / ratio }}
    />
  )
}

interface MapPreviewProps {
  readonly outcome: OutcomeLook
  /** What else is on the map. */
  readonly others: readonly OutcomeLook[]
}

function Preview({ outcome, others, theme }: MapPreviewProps & { readonly theme: MapTheme }) {
  const { land, grid, ink } = mapPalette[theme]
  const [first = outcome, second = outcome] = others
  const shares: readonly Share[] = [outcome, ...others.slice(0, 4)].map(({ color }, at) => ({
    colour: color,
    parts: 6 - at,
  }))
  return (
    <div className="map-preview" style={{ '--land': land, '--lines': grid, color: ink }}>
      <Drawn className="donut" picture={drawDonut(22, shares, theme)} />
      <b className="num">{words.sample}</b>
      <Drawn className="pin-1" picture={drawPin(pinOf(outcome), 'verified', theme)} />
      <Drawn className="pin-2" picture={drawPin(pinOf(first), 'far', theme)} />
      <Drawn className="pin-3" picture={drawPin(pinOf(second), 'verified', theme)} />
      <Drawn className="pin-4" picture={drawPin(pinOf(outcome), 'unknown', theme)} />
    </div>
  )
}

/** The outcome as pins and in a cluster, light and dark. */
export const MapPreview = (props: MapPreviewProps) => (
  <div className="map-previews" role="img" aria-label={words.onMap}>
    <Preview {...props} theme="light" />
    <Preview {...props} theme="dark" />
  </div>
)
