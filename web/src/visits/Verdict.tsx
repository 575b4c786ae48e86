import type { Visit } from '@doorstep/contract/visits'
import type { ReactNode } from 'react'

import { findingOf } from '../api/visits.ts'
import { classes } from '../parts/classes.ts'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { texts } from '../texts/texts.ts'
import { fixAge } from './columns.tsx'

interface VerdictProps {
  readonly visit: Visit
  /** Whether the reader made the visit. */
  readonly isOwn: boolean
  /** After the sentence. */
  readonly children?: ReactNode
}

/** What was found, as a sentence. */
export function Verdict({ visit, isOwn, children }: VerdictProps) {
  const kind = visit.rep_location_verification_status
  const finding = findingOf(visit)
  const { title, say } = finding ? texts.visit.verdicts[finding.reason] : texts.visit.elsewhere
  const who = isOwn ? null : (visit.creator?.name.split(' ')[0] ?? texts.visit.somebody)
  const sentence =
    typeof say === 'string' || !finding
      ? texts.visit.elsewhere.say
      : say({
          who,
          distanceM: finding.distance_m,
          accuracyM: finding.accuracy_m,
          radiusM: finding.radius_m,
          fixAge: fixAge(visit),
        })
  return (
    <div className={classes('verdict finding', kind)}>
      <FindingIcon kind={kind} size={18} />
      <p>
        <b>{title}</b>
        {` ${sentence}`}
        {children}
      </p>
    </div>
  )
}
