import './question.css'
import type { ReactNode } from 'react'

import { texts } from '../texts/texts.ts'
import { Button } from './Button.tsx'
import { Message } from './Message.tsx'
import { Modal } from './Modal.tsx'

interface QuestionProps {
  readonly title: string
  /** What follows, and that it cannot be undone. */
  readonly help: ReactNode
  /** The verb of what is done. */
  readonly confirm: string
  readonly isPending: boolean
  readonly problem?: string | undefined
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** What else has to be chosen. */
  readonly children?: ReactNode
}

/** Asks before something that cannot be undone, and only then. */
export const Question = (props: QuestionProps) => (
  <Modal isOpen onClose={props.onClose} title={props.title} help={props.help} className="question">
    {props.children}
    {props.problem !== undefined && <Message kind="trouble">{props.problem}</Message>}
    <div className="actions">
      <Button onClick={props.onClose}>{texts.parts.cancel}</Button>
      <Button
        kind="primary"
        className="dangerous"
        aria-disabled={props.isPending}
        onClick={() => !props.isPending && props.onConfirm()}
      >
        {props.confirm}
      </Button>
    </div>
  </Modal>
)
