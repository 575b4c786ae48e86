import type { AccountKey } from './accounts.ts'
import type { SumRequest } from './visit-sums.ts'

/** What the rows of a report stand for. */
export const reportKeys = [
  'day',
  'week',
  'month',
  'creator',
  'team',
  'outcome',
  'status',
  'resource_type',
] as const
export type ReportKey = (typeof reportKeys)[number]

/** Rows of one report at most; of more, `sums.report` throws `invalid`. */
export const reportRowsMax = 10_000

export interface ReportRequest extends SumRequest {
  /** One or two. */
  readonly groupBy: readonly ReportKey[]
  /** Of the days: a name of the IANA database, or `UTC+01:00`. */
  readonly timezone: string
}

/** Numbers of a group of visits. */
export interface ReportNumbers {
  readonly visits: number
  readonly verified: number
  readonly tooFar: number
  readonly unknown: number
  /** `none`: visits that were judged elsewhere. */
  readonly unknownByReason: Readonly<Record<string, number>>
  readonly off: number
  /** Of those that are verified or too far; null: there are none. */
  readonly verifiedRate: number | null
  /** Leads and contacts that were visited. */
  readonly customers: number
  /** Leads and contacts that the users of the group own; null: it is not about users. */
  readonly assigned: number | null
  /** Which part of the assigned was visited; null: nothing is assigned. */
  readonly coverage: number | null
}

/** Days as `2026-03-02`, weeks by their Monday, months as `2026-03`, and ids. */
export type ReportRowKeys = Readonly<Partial<Record<ReportKey, string | number | null>>>

export interface ReportRow extends ReportNumbers {
  readonly keys: ReportRowKeys
}

export interface VisitReport {
  /** In the order of their keys. */
  readonly rows: readonly ReportRow[]
  readonly totals: ReportNumbers
}

/** Reports. Each answer is of one moment, at least as new as the call. */
export interface VisitReportReads {
  report(account: AccountKey, request: ReportRequest): Promise<VisitReport>
}
