import type { Visit } from '@doorstep/contract/visits'

import { findingOf } from '../api/visits.ts'
import { Finding } from '../parts/Finding.tsx'
import { metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'

interface VisitFindingProps {
  readonly visit: Visit
  /** With its words, on a soft ground. */
  readonly isChip?: boolean | undefined
}

/** The finding of a visit: its metres where they are known, else its word. */
export function VisitFinding({ visit, isChip }: VisitFindingProps) {
  const kind = visit.rep_location_verification_status
  const finding = findingOf(visit)
  const distance = finding?.distance_m ?? null
  if (isChip) {
    const sure = finding?.accuracy_m ?? null
    return <Finding kind={kind} m={kind === 'location_unknown' ? sure : distance} isChip />
  }
  const name = texts.visits.findings[kind]
  return (
    <span title={name} className="visit-finding">
      <Finding kind={kind}>{distance === null ? name : metres(distance)}</Finding>
      {distance !== null && <span className="unseen">{name}</span>}
    </span>
  )
}
