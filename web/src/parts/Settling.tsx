import './finding.css'
import type { ReactNode } from 'react'

import { classes } from './classes.ts'
import { FindingIcon, type FindingKind } from './FindingIcon.tsx'

interface SettlingProps {
  readonly kind: FindingKind
  readonly children: ReactNode
  /** How sure, how long, or what to do. */
  readonly aside?: ReactNode
}

/** The chip on the phone that settles while it finds out where it is. */
export const Settling = ({ kind, children, aside }: SettlingProps) => (
  <div className={classes('settling', kind)} role="status">
    <FindingIcon kind={kind} size={20} />
    <span>{children}</span>
    {aside !== undefined && <small className="num">{aside}</small>}
  </div>
)
