import './dialog.css'
import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

interface ModalProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly help?: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A question over the page, only where undo is impossible, or a form of its own. */
export const Modal = ({ isOpen, onClose, title, help, className = '', children }: ModalProps) => (
  <Dialog.Root
    open={isOpen}
    onOpenChange={(open) => {
      if (!open) onClose()
    }}
  >
    <Dialog.Portal>
      <Dialog.Backdrop className="veil" />
      <Dialog.Popup className={`dialog ${className}`}>
        <Dialog.Title className="title">{title}</Dialog.Title>
        {help !== undefined && <Dialog.Description className="muted">{help}</Dialog.Description>}
        {children}
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)
