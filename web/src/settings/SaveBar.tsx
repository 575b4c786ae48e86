import './server-settings.css'
import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'

interface SaveBarProps {
  /** What Save would change, in a few words. */
  readonly change: string
  /** What follows from it. */
  readonly help: string
  /** Why the last try failed; what was typed stays. */
  readonly problem?: string | undefined
  readonly isSaving: boolean
  readonly canSave?: boolean | undefined
  readonly onDiscard: () => void
  readonly onSave: () => void
}

const { saving } = texts

/** At the foot of a section while something is changed and not saved. */
export const SaveBar = (props: SaveBarProps) => (
  <>
    <div className="save-words" role="status">
      <b>{props.change}</b>
      {props.problem === undefined ? (
        <span className="muted">{props.help}</span>
      ) : (
        <span className="problem">{props.problem}</span>
      )}
    </div>
    <span className="spread" />
    <Button onClick={props.onDiscard}>{saving.discard}</Button>
    <Button
      kind="primary"
      aria-disabled={props.isSaving}
      disabled={props.canSave === false}
      onClick={() => props.isSaving || props.onSave()}
    >
      {props.isSaving ? saving.saving : saving.save}
    </Button>
  </>
)
