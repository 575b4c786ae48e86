import './outcome-editor.css'
import { Ban, Check, Merge, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { Button } from '../../parts/Button.tsx'
import { OutcomeDisc } from '../../parts/Outcome.tsx'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SaveState } from '../SaveState.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { LookForm } from './LookForm.tsx'
import { MergeOutcome } from './MergeOutcome.tsx'
import type { useSaveOutcome } from './use-save-outcome.ts'

const { visitOutcomes: words } = texts

interface EditorBoxProps {
  readonly look: Pick<KnownOutcome, 'name' | 'color' | 'icon'>
  readonly title: string
  readonly onClose: () => void
  readonly foot: ReactNode
  readonly children: ReactNode
}

/** The box at the right: what is edited, its fields, and what can be done with it. */
export const EditorBox = ({ look, title, onClose, foot, children }: EditorBoxProps) => (
  <SettingsBox className="outcome-editor">
    <header>
      <OutcomeDisc outcome={look} />
      <h2 dir="auto" className="title ellipsis">
        {title}
      </h2>
      <span className="spread" />
      <Button kind="ghost" isIcon aria-label={words.close} onClick={onClose}>
        <X />
      </Button>
    </header>
    <div className="fields">{children}</div>
    <footer>{foot}</footer>
  </SettingsBox>
)

interface OutcomeEditorProps {
  readonly outcome: KnownOutcome
  readonly outcomes: readonly KnownOutcome[]
  readonly visits: number
  readonly saving: ReturnType<typeof useSaveOutcome>
  readonly onClose: () => void
}

function stateOf({ status, error, savedId }: OutcomeEditorProps['saving'], id: number) {
  if (savedId !== id || status === 'idle') return { state: 'idle' } as const
  if (status === 'pending') return { state: 'saving' } as const
  if (status === 'success') return { state: 'saved' } as const
  return { state: 'failed', problem: problemOf(error, words.failed) } as const
}

/** An outcome's name, colour and icon; each change is saved at once. */
export function OutcomeEditor(props: OutcomeEditorProps) {
  const { outcome, outcomes, visits, saving, onClose } = props
  const { id, name, isActive } = outcome
  const [preview, setPreview] = useState<string>()
  const [isMerging, setIsMerging] = useState(false)
  const targets = outcomes.filter((each) => each.isActive && each.id !== id)
  const look = { ...outcome, color: preview ?? outcome.color }
  const Active = isActive ? Ban : Check
  const activate = () => saving.save(id, { active: !isActive }, words.activeIs(name, !isActive))
  return (
    <EditorBox
      look={look}
      title={name}
      onClose={onClose}
      foot={
        <>
          {targets.length > 0 && (
            <Button kind="ghost" size="small" onClick={() => setIsMerging(true)}>
              <Merge />
              {words.merge}
            </Button>
          )}
          <Button kind="ghost" size="small" onClick={activate}>
            <Active />
            {isActive ? words.deactivate : words.activate}
          </Button>
          <span className="spread" />
          <SaveState saving={stateOf(saving, id)} />
        </>
      }
    >
      <LookForm
        look={look}
        outcomes={outcomes}
        onPreview={setPreview}
        onLook={(edit) => {
          setPreview(undefined)
          saving.save(id, edit, words.changed(edit.name ?? name))
        }}
      />
      {isMerging && (
        <MergeOutcome
          outcome={outcome}
          visits={visits}
          targets={targets}
          onClose={() => setIsMerging(false)}
        />
      )}
    </EditorBox>
  )
}
