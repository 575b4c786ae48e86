import { Check } from 'lucide-react'

import { texts } from '../texts/texts.ts'

export type Saving =
  | { readonly state: 'idle' | 'saving' | 'saved' }
  | { readonly state: 'failed'; readonly problem: string }

interface SaveStateProps {
  readonly saving: Saving
  /** Takes back what was saved last. */
  readonly onUndo?: (() => void) | undefined
}

const { settings, parts } = texts

/** What became of the last change: being saved, saved and how to take it back, or why not. */
export function SaveState({ saving, onUndo }: SaveStateProps) {
  return (
    <span className="save-state small" role="status">
      {saving.state === 'saving' && <span className="faint">{settings.saving}</span>}
      {saving.state === 'failed' && <span className="problem">{saving.problem}</span>}
      {saving.state === 'saved' && (
        <>
          <Check aria-hidden="true" />
          <span className="faint">{settings.saved}</span>
          {onUndo && (
            <>
              <span className="faint" aria-hidden="true">
                {'·'}
              </span>
              <button type="button" className="link" onClick={onUndo}>
                {parts.undo}
              </button>
            </>
          )}
        </>
      )}
    </span>
  )
}
