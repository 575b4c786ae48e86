import './map-buttons.css'
import { Maximize, Minus, Plus } from 'lucide-react'

import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import type { MapEngine } from './engine.ts'

const { map: words } = texts

interface MapButtonsProps {
  readonly engine: MapEngine
  /** Of the map. */
  readonly name: string
  /** Whether they stand at the top, and else at the bottom. */
  readonly isAtTop?: boolean
  /** Where there is more than one place. */
  readonly onShowAll?: () => void
}

export const MapButtons = ({
  engine: { map },
  name: ofMap,
  isAtTop = false,
  onShowAll,
}: MapButtonsProps) => (
  <div className={classes('map-buttons', isAtTop && 'top')} role="group" aria-label={ofMap}>
    {[
      { name: words.zoomIn, Icon: Plus, run: () => map.zoomIn() },
      { name: words.zoomOut, Icon: Minus, run: () => map.zoomOut() },
      ...(onShowAll ? [{ name: words.showAll, Icon: Maximize, run: onShowAll }] : []),
    ].map(({ name, Icon, run }) => (
      <button key={name} type="button" aria-label={name} title={name} onClick={run}>
        <Icon aria-hidden="true" />
      </button>
    ))}
  </div>
)
