import type { Visit } from '@doorstep/contract/visits'

import { classes } from '../parts/classes.ts'
import { FindingIcon } from '../parts/FindingIcon.tsx'
import { texts } from '../texts/texts.ts'
import { fixAge } from './columns.tsx'

interface VerdictProps {
  readonly visit: Visit
  /** Whether the reader made the visit. */
  readonly isOwn: boolean
}

/** What was found, as a sentence. */
export function Verdict({ visit, isOwn }: VerdictProps) {
  const kind = visit.rep_location_verification_status
  const { verification } = visit
  const { title, say } = verification
    ? texts.visit.verdicts[verification.reason]
    : texts.visit.elsewhere
  const who = isOwn ? null : (visit.creator?.name.split(' ')[0] ?? texts.visit.somebody)
  const sentence =
    typeof say === 'string' || !verification
      ? texts.visit.elsewhere.say
      : say({
          who,
          distanceM: verification.distance_m,
          accuracyM: verification.accuracy_m,
          radiusM: verification.radius_m,
          fixAge: fixAge(visit),
        })
  return (
    <div className={classes('verdict finding', kind)}>
      <FindingIcon kind={kind} size={18} />
      <p>
        <b>{title}</b>
        {` ${sentence}`}
      </p>
    </div>
  )
}
