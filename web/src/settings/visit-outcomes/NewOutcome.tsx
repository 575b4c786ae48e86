import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { reloadOutcomes } from '../../api/visit-outcome-changes.ts'
import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { grey, outcomeColours } from '../../parts/outcome-colours.ts'
import { outcomeIcons } from '../../parts/outcome-icons.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { LookForm } from './LookForm.tsx'
import { EditorBox } from './OutcomeEditor.tsx'
import { closest, nearestFree } from './sight.ts'

const { visitOutcomes: words } = texts

/** The next colour and icon that nobody has. */
function freshLook(outcomes: readonly KnownOutcome[]): KnownOutcome {
  const active = outcomes.filter(({ isActive }) => isActive)
  const taken = active.map(({ color }) => color)
  const color =
    outcomeColours.find((each) => !closest({ id: 0, color: each }, active)) ??
    nearestFree(grey, taken, outcomeColours) ??
    grey
  const icon = [...outcomeIcons.keys()].find((name) => outcomes.every((each) => each.icon !== name))
  return { id: 0, name: '', color, icon: icon ?? null, isActive: true }
}

interface NewOutcomeProps {
  readonly outcomes: readonly KnownOutcome[]
  readonly onAdded: (id: number) => void
  readonly onClose: () => void
}

/** An outcome that does not exist before it has a name. */
export function NewOutcome({ outcomes, onAdded, onClose }: NewOutcomeProps) {
  const [look, setLook] = useState(() => freshLook(outcomes))
  const name = look.name.trim()
  const add = useMutation({
    mutationFn: () => client.outcomes.create({ name, color: look.color, icon: look.icon }),
    onSuccess: async ({ data }) => {
      await reloadOutcomes()
      onAdded(data.id)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name && !add.isPending) add.mutate()
      }}
    >
      <EditorBox
        look={look}
        title={name || words.newOutcome}
        onClose={onClose}
        foot={
          <>
            <span className="spread" />
            <Button onClick={onClose}>{texts.settings.cancel}</Button>
            <Button kind="primary" type="submit" disabled={!name} aria-disabled={add.isPending}>
              {words.add}
            </Button>
          </>
        }
      >
        {add.error && <Message kind="trouble">{problemOf(add.error, words.failed)}</Message>}
        <LookForm
          look={look}
          outcomes={outcomes}
          onName={(typed) => setLook({ ...look, name: typed })}
          onPreview={(color) => setLook({ ...look, color })}
          onLook={({ color, icon }) =>
            setLook({ ...look, color: color ?? look.color, icon: icon ?? look.icon })
          }
        />
      </EditorBox>
    </form>
  )
}
