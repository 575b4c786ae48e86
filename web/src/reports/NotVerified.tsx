import { verificationReasons, type VerificationStatus } from '@doorstep/contract/findings'

import { Finding } from '../parts/Finding.tsx'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import type { Report } from './use-report.ts'

const { reports } = texts

interface NotVerifiedProps {
  readonly report: Report
}

/** Why visits are not certain; too far and off have no other reason than themselves. */
function Reasons({ report: { totals, listOf } }: NotVerifiedProps) {
  const elsewhere = totals.unknown_by_reason['none'] ?? 0
  const known = verificationReasons
    .map((reason) => ({ reason, value: totals.unknown_by_reason[reason] ?? 0 }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value)
  return (
    <ul>
      {known.map(({ reason, value }) => (
        <li key={reason}>
          <span className="ellipsis">{texts.filters.reasons[reason]}</span>
          <CountLink
            value={value}
            search={listOf({ status: ['location_unknown'], reason: [reason] })}
          />
        </li>
      ))}
      {elsewhere > 0 && (
        <li>
          <span className="ellipsis">{reports.judgedElsewhere}</span>
          <CountLink
            value={elsewhere}
            search={listOf({ status: ['location_unknown'], without: 'reason' })}
          />
        </li>
      )}
    </ul>
  )
}

/** The visits that were not verified, by finding and reason. */
export function NotVerified({ report }: NotVerifiedProps) {
  const { totals, listOf } = report
  const count = (status: VerificationStatus, value: number) => (
    <p>
      <Finding kind={status}>{texts.findingNames[status]}</Finding>
      <CountLink value={value} search={listOf({ status: [status] })} />
    </p>
  )
  return (
    <section className="box not-verified" aria-label={reports.notVerified}>
      <div>{count('resource_location_too_far', totals.too_far)}</div>
      <div>
        {count('location_unknown', totals.unknown)}
        <Reasons report={report} />
      </div>
      <div>{count('location_services_disabled', totals.off)}</div>
    </section>
  )
}
