import '../parts/numbered-steps.css'
import { useState } from 'react'

import { texts } from '../texts/texts.ts'
import { nextKind, phoneKind } from './phone-kind.ts'

const { steps } = texts.log

/** `**bold**` names what stands on the phone's own screens. */
const withBold = (text: string) =>
  text.split('**').map((part, at) => (at % 2 === 1 ? <b key={part}>{part}</b> : part))

interface LocationStepsProps {
  /** What is wrong. */
  readonly about: 'off' | 'rough'
}

/** How to turn the location on, for the phone in the hand. */
export function LocationSteps({ about }: LocationStepsProps) {
  const [kind, setKind] = useState(phoneKind)
  return (
    <section className="help">
      <h2>{steps.title[kind]}</h2>
      <p>{steps.asItIs}</p>
      <ol className="numbered-steps">
        {steps[about][kind].map((step) => (
          <li key={step}>
            <span>{withBold(step)}</span>
          </li>
        ))}
      </ol>
      <button type="button" className="log-link" onClick={() => setKind(nextKind[kind])}>
        {steps.switch[kind]}
      </button>
    </section>
  )
}
