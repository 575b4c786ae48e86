import './outcome.css'
import { createElement } from 'react'

import { outcomeIcon } from './outcome-icons.ts'

/** An outcome as it is drawn; its colour is the account's own. */
export interface OutcomeLook {
  readonly name: string
  /** As `#186e68`. */
  readonly color: string
  readonly icon: string | null
}

interface OutcomeProps {
  readonly outcome: OutcomeLook
}

const coloured = ({ color }: OutcomeLook) => ({ '--outcome': color })

/** The icon on the colour; the name has to stand beside it. */
export const OutcomeDisc = ({ outcome }: OutcomeProps) => (
  <span className="outcome-disc" style={coloured(outcome)}>
    {createElement(outcomeIcon(outcome.icon), { 'aria-hidden': true })}
  </span>
)

/** A dot and the name. */
export const Outcome = ({ outcome }: OutcomeProps) => (
  <span className="outcome" style={coloured(outcome)}>
    <i aria-hidden="true" />
    <span className="ellipsis">{outcome.name}</span>
  </span>
)

/** The name in the colour, on a soft ground. */
export const OutcomeChip = ({ outcome }: OutcomeProps) => (
  <span className="outcome-chip" style={coloured(outcome)}>
    <i aria-hidden="true" />
    {outcome.name}
  </span>
)
