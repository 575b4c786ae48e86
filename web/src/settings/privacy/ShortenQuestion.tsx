import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { texts } from '../../texts/texts.ts'

interface ShortenQuestionProps {
  readonly isOpen: boolean
  readonly days: number
  /** Visits whose places may go at once; undefined: not counted yet. */
  readonly going: number | undefined
  readonly isSaving: boolean
  readonly problem: string | undefined
  readonly onClose: () => void
  readonly onSure: () => void
}

const { privacy, saving } = texts

/** Asks, since deleted places never come back. */
export const ShortenQuestion = (props: ShortenQuestionProps) => (
  <Modal
    isOpen={props.isOpen}
    onClose={props.onClose}
    className="settings-question"
    title={privacy.question(props.days)}
    help={privacy.questionHelp(props.days, props.going)}
  >
    {props.problem !== undefined && <Message kind="trouble">{props.problem}</Message>}
    <div className="actions">
      <Button onClick={props.onClose}>{saving.keep}</Button>
      <Button
        kind="danger"
        aria-disabled={props.isSaving}
        onClick={() => props.isSaving || props.onSure()}
      >
        {privacy.sure(props.days)}
      </Button>
    </div>
  </Modal>
)
