import { verificationReasons, type VerificationStatus } from '@doorstep/contract/findings'

import { Finding } from '../parts/Finding.tsx'
import { percent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import { shareOf } from './numbers.ts'
import type { TableRow } from './table-rows.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

interface NotVerifiedProps {
  readonly report: Report
  /** undefined: they are being read. */
  readonly rows: readonly TableRow[] | undefined
}

const rowsMax = 3

/** Why visits are not certain; too far and off have no other reason than themselves. */
function Reasons({ report: { totals, listOf } }: Pick<NotVerifiedProps, 'report'>) {
  const elsewhere = totals.unknown_by_reason['none'] ?? 0
  const known = verificationReasons
    .map((reason) => ({ reason, value: totals.unknown_by_reason[reason] ?? 0 }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value)
  return (
    <ul>
      {known.map(({ reason, value }) => (
        <li key={reason}>
          <span dir="auto" className="ellipsis">
            {texts.filters.reasons[reason]}
          </span>
          <CountLink
            value={value}
            search={listOf({ status: ['location_unknown'], reason: [reason] })}
          />
        </li>
      ))}
      {elsewhere > 0 && (
        <li>
          <span dir="auto" className="ellipsis">
            {reports.judgedElsewhere}
          </span>
          <CountLink
            value={elsewhere}
            search={listOf({ status: ['location_unknown'], without: 'reason' })}
          />
        </li>
      )}
    </ul>
  )
}

interface MostProps {
  readonly rows: readonly TableRow[] | undefined
  readonly status: VerificationStatus
  readonly valueOf: (row: TableRow) => number
  /** Of all rows. */
  readonly total: number
}

/** The people, teams or weeks with most of them. */
function Most({ rows, status, valueOf, total }: MostProps) {
  if (!rows) {
    return (
      <ul aria-hidden="true">
        {[1, 2, 3].slice(0, total).map((line) => (
          <li key={line}>{'\u00a0'}</li>
        ))}
      </ul>
    )
  }
  const most = rows
    .filter((row) => valueOf(row) > 0)
    .toSorted((a, b) => valueOf(b) - valueOf(a))
    .slice(0, rowsMax)
  return (
    <ul>
      {most.map((row) => (
        <li key={row.key}>
          <span dir="auto" className="ellipsis" title={row.name}>
            {row.name}
          </span>
          <CountLink value={valueOf(row)} search={row.listOf({ status: [status] })} />
        </li>
      ))}
    </ul>
  )
}

/** The visits that were not verified, by finding: the reasons, or who has most of them. */
export function NotVerified({ report, rows }: NotVerifiedProps) {
  const { totals, listOf } = report
  const head = (status: VerificationStatus, value: number) => (
    <p>
      <Finding kind={status}>{texts.findingNames[status]}</Finding>
      <small>{reports.ofAll(percent(shareOf(value, totals.visits)))}</small>
      <CountLink value={value} search={listOf({ status: [status] })} />
    </p>
  )
  return (
    <section className="box not-verified" aria-label={reports.notVerified}>
      <div>
        {head('resource_location_too_far', totals.too_far)}
        <Most
          rows={rows}
          status="resource_location_too_far"
          valueOf={({ numbers }) => numbers.too_far}
          total={totals.too_far}
        />
      </div>
      <div>
        {head('location_unknown', totals.unknown)}
        <Reasons report={report} />
      </div>
      <div>
        {head('location_services_disabled', totals.off)}
        <Most
          rows={rows}
          status="location_services_disabled"
          valueOf={({ numbers }) => numbers.off}
          total={totals.off}
        />
      </div>
    </section>
  )
}
