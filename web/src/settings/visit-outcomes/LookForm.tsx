import { outcomeNameLengthMax } from '@doorstep/contract/limits'
import { useState } from 'react'

import type { OutcomeEdit } from '../../api/visit-outcome-changes.ts'
import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { TextField } from '../../parts/TextField.tsx'
import { texts } from '../../texts/texts.ts'
import { ColourField, Swatches } from './ColourChoice.tsx'
import { ColourWarnings } from './ColourWarnings.tsx'
import { IconChoice } from './IconChoice.tsx'
import { MapPreview } from './MapPreview.tsx'
import { whiteOn } from './sight.ts'

const { visitOutcomes: words } = texts

interface LookFormProps {
  readonly look: KnownOutcome
  readonly outcomes: readonly KnownOutcome[]
  readonly onPreview: (colour: string) => void
  readonly onLook: (edit: OutcomeEdit) => void
  /** For an outcome that is not there yet: each letter counts. */
  readonly onName?: ((name: string) => void) | undefined
}

interface NameFieldProps {
  readonly name: string
  readonly onName: (name: string) => void
  readonly isNew: boolean
}

/** Saved with Enter or when left; Escape takes back what was typed. */
function NameField({ name, onName, isNew }: NameFieldProps) {
  const [typed, setTyped] = useState<string>()
  const commit = () => {
    const wanted = typed?.trim()
    setTyped(undefined)
    if (wanted && wanted !== name) onName(wanted)
  }
  if (isNew) {
    return (
      <TextField
        label={words.name}
        value={name}
        onText={onName}
        maxLength={outcomeNameLengthMax}
        autoFocus
      />
    )
  }
  return (
    <TextField
      label={words.name}
      value={typed ?? name}
      onText={setTyped}
      maxLength={outcomeNameLengthMax}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit()
        if (key === 'Escape') setTyped(undefined)
      }}
    />
  )
}

/** Name, colour and icon of an outcome, with what is wrong with the colour and how it looks on the map. */
export function LookForm({ look, outcomes, onPreview, onLook, onName }: LookFormProps) {
  const others = outcomes.filter(({ id }) => id !== look.id)
  const active = others.filter(({ isActive }) => isActive)
  const setColour = (color: string) => onLook({ color })
  return (
    <>
      <div className="pair">
        <NameField
          key={look.id}
          name={look.name}
          isNew={onName !== undefined}
          onName={onName ?? ((name) => onLook({ name }))}
        />
        <ColourField color={look.color} onPreview={onPreview} onColour={setColour} />
      </div>
      <Swatches color={look.color} others={others} onColour={setColour} />
      <ColourWarnings id={look.id} color={look.color} active={active} onColour={setColour} />
      <div className="text-field">
        <div className="label">
          {words.icon}
          <small>{words.whiteOnIt(whiteOn(look.color))}</small>
        </div>
        <IconChoice icon={look.icon} onIcon={(icon) => onLook({ icon })} />
      </div>
      <div className="text-field">
        <div className="label">{words.onMap}</div>
        <MapPreview outcome={look} others={active} />
      </div>
    </>
  )
}
