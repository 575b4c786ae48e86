import './map-buttons.css'
import { Maximize, Minus, Plus } from 'lucide-react'

import { texts } from '../texts/texts.ts'
import type { MapEngine } from './engine.ts'

const words = texts.customer.map

interface MapButtonsProps {
  readonly engine: MapEngine
  /** Shows all again, where there is more than one place. */
  readonly onFit?: () => void
}

export const MapButtons = ({ engine: { map }, onFit }: MapButtonsProps) => (
  <div className="map-buttons" role="group" aria-label={words.name}>
    {[
      { name: words.zoomIn, Icon: Plus, run: () => map.zoomIn() },
      { name: words.zoomOut, Icon: Minus, run: () => map.zoomOut() },
      ...(onFit ? [{ name: words.fit, Icon: Maximize, run: onFit }] : []),
    ].map(({ name, Icon, run }) => (
      <button key={name} type="button" aria-label={name} title={name} onClick={run}>
        <Icon aria-hidden="true" />
      </button>
    ))}
  </div>
)
