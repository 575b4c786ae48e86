import './outcome.css'
import { Minus } from 'lucide-react'
import { createElement } from 'react'

import { classes } from './classes.ts'
import { outcomeIcon } from './outcome-icons.ts'

/** An outcome as it is drawn; its colour is the account's own. */
export interface OutcomeLook {
  readonly name: string
  /** Of CSS: `#186e68` or `var(--field)`. */
  readonly color: string
  readonly icon: string | null
  /** A dash in place of icon and dot: there is none. */
  readonly isNone?: boolean | undefined
}

interface OutcomeProps {
  readonly outcome: OutcomeLook
}

const coloured = ({ color }: OutcomeLook) => ({ '--outcome': color })

/** The icon on the colour; the name has to stand beside it. */
export const OutcomeDisc = ({ outcome }: OutcomeProps) => (
  <span
    className={classes('outcome-disc', outcome.isNone && 'no-outcome')}
    style={coloured(outcome)}
  >
    {createElement(outcome.isNone ? Minus : outcomeIcon(outcome.icon), { 'aria-hidden': true })}
  </span>
)

/** A dot and the name. */
export const Outcome = ({ outcome }: OutcomeProps) => (
  <span className={classes('outcome', outcome.isNone && 'no-outcome')} style={coloured(outcome)}>
    <i aria-hidden="true" />
    <span dir="auto" className="ellipsis">
      {outcome.name}
    </span>
  </span>
)

/** The name in the colour, on a soft ground. */
export const OutcomeChip = ({ outcome }: OutcomeProps) => (
  <span
    className={classes('outcome-chip', outcome.isNone && 'no-outcome')}
    style={coloured(outcome)}
  >
    <i aria-hidden="true" />
    <span dir="auto" className="ellipsis">
      {outcome.name}
    </span>
  </span>
)
