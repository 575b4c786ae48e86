import { summaryLengthMax } from '@doorstep/contract/limits'
import type { Visit } from '@doorstep/contract/visits'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { outcomesQuery } from '../api/visit-outcomes.ts'
import { changeVisit } from '../offline/visit-changes.ts'
import { BottomSheet } from '../parts/BottomSheet.tsx'
import { Button } from '../parts/Button.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { offerUndo } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'
import { editOf, undoOf } from './edit-of.ts'

const { myVisits: words } = texts

interface EditVisitProps {
  readonly visit: Visit
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Another outcome or note. It is kept on this phone until the server has it. */
export function EditVisit({ visit, isOpen, onClose }: EditVisitProps) {
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  // A change from elsewhere takes nothing that is being typed.
  const [opened] = useState(visit)
  const [outcomeId, setOutcomeId] = useState(opened.outcome_id)
  const [note, setNote] = useState(opened.summary ?? '')
  const offered = outcomes.filter(({ id, isActive }) => isActive || id === visit.outcome_id)
  const save = () => {
    const edit = editOf(opened, { outcome_id: outcomeId, summary: note.trim() || null })
    onClose()
    if (Object.keys(edit).length === 0) return
    void changeVisit(visit.id, { change: edit })
    offerUndo(words.saved, () => void changeVisit(visit.id, { change: undoOf(edit, visit) }))
  }
  return (
    <BottomSheet
      isOpen={isOpen}
      onClose={onClose}
      title={words.editTitle}
      foot={
        <Button kind="primary" isWide onClick={save}>
          {words.save}
        </Button>
      }
    >
      <fieldset className="outcome-choice">
        <legend className="unseen">{words.outcome}</legend>
        {offered.map((outcome) => (
          <label key={outcome.id}>
            <input
              type="radio"
              className="unseen"
              name="outcome"
              checked={outcome.id === outcomeId}
              onChange={() => setOutcomeId(outcome.id)}
            />
            <OutcomeDisc outcome={outcome} />
            <span>{outcome.name}</span>
          </label>
        ))}
      </fieldset>
      <label className="note-field">
        {words.note}
        <textarea
          rows={4}
          value={note}
          maxLength={summaryLengthMax}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
    </BottomSheet>
  )
}
