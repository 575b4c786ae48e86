import { createElement, useEffect, useRef, useState } from 'react'

import type { KnownOutcome } from '../../api/visit-outcomes.ts'
import { outcomeColours } from '../../parts/outcome-colours.ts'
import { outcomeIcon } from '../../parts/outcome-icons.ts'
import { TextField } from '../../parts/TextField.tsx'
import { texts } from '../../texts/texts.ts'
import { colourOf } from './sight.ts'

const { visitOutcomes: words } = texts

interface ColourFieldProps {
  readonly color: string
  /** While it is being chosen. */
  readonly onPreview: (colour: string) => void
  readonly onColour: (colour: string) => void
}

/** Any colour: typed, or from the browser's own picker behind the dot. */
export function ColourField({ color, onPreview, onColour }: ColourFieldProps) {
  const [typed, setTyped] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const latest = useRef(onColour)
  useEffect(() => {
    latest.current = onColour
  })
  // React's onChange is every step on the way; the browser's change event comes once, at the end.
  useEffect(() => {
    const input = picker.current
    const choose = () => input && latest.current(input.value)
    input?.addEventListener('change', choose)
    return () => input?.removeEventListener('change', choose)
  }, [])
  const commit = () => {
    const chosen = colourOf(typed ?? color)
    setTyped(undefined)
    if (chosen !== undefined && typed !== undefined) onColour(chosen)
  }
  return (
    <TextField
      label={words.colour}
      className="colour-field"
      value={typed ?? color}
      onText={setTyped}
      onBlur={commit}
      onKeyDown={({ key }) => key === 'Enter' && commit()}
      spellCheck={false}
      maxLength={7}
      start={
        <input
          ref={picker}
          type="color"
          className="dot"
          aria-label={words.pick}
          value={color}
          onChange={({ target }) => onPreview(target.value)}
        />
      }
    />
  )
}

interface SwatchesProps {
  readonly color: string
  /** Those that have a colour already. */
  readonly others: readonly KnownOutcome[]
  readonly onColour: (colour: string) => void
}

/** The palette; a colour that is taken shows whose it is. */
export const Swatches = ({ color, others, onColour }: SwatchesProps) => (
  <div className="swatches" role="group" aria-label={words.palette}>
    {outcomeColours.map((each) => {
      const owner = others.find((outcome) => outcome.color === each)
      const name = owner ? words.colourOf(each, owner.name) : each
      return (
        <button
          key={each}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={each === color}
          style={{ background: each }}
          onClick={() => onColour(each)}
        >
          {owner && createElement(outcomeIcon(owner.icon), { 'aria-hidden': true })}
        </button>
      )
    })}
  </div>
)
