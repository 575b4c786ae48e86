import { Link } from '@tanstack/react-router'
import { Maximize, Minus, Plus, X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import type { MapEngine } from './engine.ts'

const { map: words } = texts

interface ZoomButtonsProps {
  readonly engine: MapEngine
  readonly onShowAll: () => void
}

export const ZoomButtons = ({ engine: { map }, onShowAll }: ZoomButtonsProps) => (
  <div className="map-zoom" role="group" aria-label={texts.screens.map}>
    <button
      type="button"
      aria-label={words.zoomIn}
      title={words.zoomIn}
      onClick={() => map.zoomIn()}
    >
      <Plus aria-hidden="true" />
    </button>
    <button
      type="button"
      aria-label={words.zoomOut}
      title={words.zoomOut}
      onClick={() => map.zoomOut()}
    >
      <Minus aria-hidden="true" />
    </button>
    <button type="button" aria-label={words.showAll} title={words.showAll} onClick={onShowAll}>
      <Maximize aria-hidden="true" />
    </button>
  </div>
)

const dismissedKey = 'doorstep-streets-dismissed'

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(dismissedKey) !== null
  } catch {
    return false
  }
}

function keepDismissed(): void {
  try {
    localStorage.setItem(dismissedKey, 'yes')
  } catch {
    // NOTE: a browser may refuse to keep anything. It holds until the page is closed.
  }
}

// Typed as any text: which settings there are is for the settings to say.
const mapSettings: string = '/settings/map'

/** Says to an admin once that higher zooms could show streets. */
export function StreetsBanner() {
  const [isDismissed, setIsDismissed] = useState(wasDismissed)
  if (isDismissed) return null
  const dismiss = () => {
    keepDismissed()
    setIsDismissed(true)
  }
  return (
    <p className="map-banner" role="status">
      {words.streets}
      <Link className="link" to={mapSettings}>
        {words.streetsHelp}
      </Link>
      <Button
        kind="ghost"
        size="small"
        isIcon
        aria-label={words.dismiss}
        title={words.dismiss}
        onClick={dismiss}
      >
        <X aria-hidden="true" />
      </Button>
    </p>
  )
}
