import { Drawer } from '@base-ui/react/drawer'
import { Map } from 'lucide-react'
import type { ReactNode } from 'react'

import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'

const words = texts.near

/** How much of the screen it covers: its title only, half, or all but an edge of the map. */
export type SheetHeight = 'low' | 'half' | 'full'

const snapPoints = { low: '104px', half: 0.48, full: 1 } as const

interface NearSheetProps {
  /** What it stands in. */
  readonly container: HTMLElement | null
  readonly height: SheetHeight
  readonly onHeight: (height: SheetHeight) => void
  /** A sentence. */
  readonly title: string
  /** Beneath it. */
  readonly line: string
  readonly children: ReactNode
}

const heightOf = (point: Drawer.Root.SnapPoint | null): SheetHeight | undefined =>
  (['low', 'half', 'full'] as const).find((height) => snapPoints[height] === point)

/** The sheet over the map. It is pulled up and down, and never closed. */
export function NearSheet(props: NearSheetProps) {
  const { container, height, onHeight, title, line, children } = props
  const isFull = height === 'full'
  return (
    <Drawer.Root
      open
      modal={false}
      disablePointerDismissal
      snapPoints={Object.values(snapPoints)}
      snapPoint={snapPoints[height]}
      onSnapPointChange={(point) => onHeight(heightOf(point) ?? 'low')}
      onOpenChange={(_, { reason }) => {
        if (reason === 'escape-key' && isFull) onHeight('half')
        if (reason === 'swipe') onHeight('low')
      }}
    >
      <Drawer.Portal container={container} className="near-portal">
        <Drawer.Viewport className="near-viewport">
          <Drawer.Popup className="near-sheet" initialFocus={false} finalFocus={false}>
            <button
              type="button"
              className="near-grab"
              aria-label={isFull ? words.pullDown : words.pullUp}
              onClick={() => onHeight(isFull ? 'half' : 'full')}
            />
            <div className="near-head">
              <Drawer.Title className="near-title">{title}</Drawer.Title>
              {isFull && (
                <Button onClick={() => onHeight('half')}>
                  <Map aria-hidden="true" />
                  {words.map}
                </Button>
              )}
              <p className="line" role="status">
                {line}
              </p>
            </div>
            {children}
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  )
}
