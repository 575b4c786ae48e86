import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'

const { map: words } = texts

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
