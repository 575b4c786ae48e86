import { Question } from '../../parts/Question.tsx'
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

const { privacy } = texts

/** Asks, since deleted places never come back. */
export const ShortenQuestion = (props: ShortenQuestionProps) =>
  props.isOpen && (
    <Question
      title={privacy.question(props.days)}
      help={privacy.questionHelp(props.days, props.going)}
      confirm={privacy.sure(props.days)}
      isPending={props.isSaving}
      problem={props.problem}
      onConfirm={props.onSure}
      onClose={props.onClose}
    />
  )
