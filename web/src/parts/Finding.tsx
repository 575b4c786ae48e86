import './finding.css'
import { texts } from '../texts/texts.ts'
import { classes } from './classes.ts'
import { FindingIcon, type FindingKind } from './FindingIcon.tsx'

interface FindingProps {
  readonly kind: FindingKind
  /** The distance to the customer, or how sure the phone was where that is the reason; null: none. */
  readonly m?: number | null | undefined
  readonly isChip?: boolean | undefined
  /** In place of the usual words. */
  readonly children?: string | undefined
}

/** Shape, colour and word, always all three. */
export const Finding = ({ kind, m = null, isChip, children }: FindingProps) => (
  <span className={classes('finding num', kind, isChip && 'chip')}>
    <FindingIcon kind={kind} />
    {children ?? texts.findings[kind](m)}
  </span>
)
