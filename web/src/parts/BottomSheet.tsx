import './dialog.css'
import './bottom-sheet.css'
import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

import { classes } from './classes.ts'

interface BottomSheetProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly help?: ReactNode
  /** As high as the screen allows, for lists. */
  readonly isHigh?: boolean | undefined
  /** Buttons that stay in sight. */
  readonly foot?: ReactNode
  readonly children?: ReactNode
}

/** What the phone shows over the foot of a screen; a wide window shows it in its middle. */
export const BottomSheet = (props: BottomSheetProps) => {
  const { isOpen, onClose, title, help, isHigh, foot, children } = props
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className={classes('bottom-sheet', isHigh && 'high')}>
          <div className="head">
            <Dialog.Title>{title}</Dialog.Title>
            {help !== undefined && <Dialog.Description>{help}</Dialog.Description>}
          </div>
          <div className="scrolls">{children}</div>
          {foot !== undefined && <div className="foot">{foot}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
