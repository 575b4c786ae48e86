import { X } from 'lucide-react'

import { texts } from '../texts/texts.ts'

interface CloseButtonProps {
  readonly onClose: () => void
}

/** Floats over a map or a page. */
export const CloseButton = ({ onClose }: CloseButtonProps) => (
  <button type="button" className="map-button close" aria-label={texts.log.close} onClick={onClose}>
    <X aria-hidden="true" />
  </button>
)
