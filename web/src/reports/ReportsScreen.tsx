import '../parts/tip.css'
import './reports.css'
import './report-boxes.css'
import './report-table.css'
import './narrow-reports.css'
import './print.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'

import { visitTotalQuery } from '../api/visits.ts'
import { FilterBar, noFilters } from '../filters/FilterBar.tsx'
import { Bar } from '../parts/Bar.tsx'
import { Button, buttonClass } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useIsAdmin } from '../settings/AdminsOnly.tsx'
import { printShortDay } from '../texts/days.ts'
import { texts } from '../texts/texts.ts'
import { daysBetween } from '../texts/zone-days.ts'
import { RequestMenu } from '../visits/RequestMenu.tsx'
import { CourseBox } from './CourseBox.tsx'
import { Kpis } from './Kpis.tsx'
import { NotVerified } from './NotVerified.tsx'
import { OutcomesBox } from './OutcomesBox.tsx'
import { type Days, weekName } from './periods.ts'
import { reportCurl, reportProgram } from './report-request.ts'
import { ReportExport } from './ReportExport.tsx'
import type { ReportsSearch } from './reports-search.ts'
import { RowsBox, useTableRows } from './RowsBox.tsx'
import { useReport } from './use-report.ts'

const route = getRouteApi('/shell/reports')
const { reports } = texts

function spanName({ first, end }: Days): string {
  if (first !== undefined && end !== undefined) {
    const span = weekName(first, end)
    return reports.compared(span, daysBetween(first, end) + 1)
  }
  if (first !== undefined) return reports.since(printShortDay(first))
  return end === undefined ? reports.allTime : reports.until(printShortDay(end))
}

interface NoneProps {
  readonly onClear: () => void
}

/** In place of a report of nothing: whether there is anything at all, and what to do. */
function None({ onClear }: NoneProps) {
  const { data: all } = useQuery(visitTotalQuery({}))
  const isAdmin = useIsAdmin()
  const isPhone = useIsPhone()
  const { empty } = reports
  if (all === undefined) return null
  if (all > 0) {
    return (
      <Empty title={empty.title} help={empty.help}>
        <Button onClick={onClear}>{empty.clear}</Button>
      </Empty>
    )
  }
  return (
    <Empty title={empty.noneTitle} help={isAdmin ? empty.noneHelp : empty.noneHelpByAdmin}>
      {isAdmin && (
        <Link className={buttonClass({})} to="/import">
          {empty.import}
        </Link>
      )}
      {isPhone && (
        <Link className={buttonClass({ kind: 'primary' })} to="/log">
          {empty.log}
        </Link>
      )}
    </Empty>
  )
}

/** Only the last days that hold all visits, of one rep at most, have customers that a map can show. */
function unvisitedOf({
  last,
  outcome,
  status,
  reason,
  flag,
  review,
  without,
  bbox,
  customer,
  rep,
}: ReportsSearch) {
  if (rep && rep.length > 1) return undefined
  const others = [outcome, status, reason, flag, review, without, bbox, customer]
  return others.every((filter) => filter === undefined) ? last : undefined
}

/** The shape of the figures and of the charts under them. */
const Loading = () => (
  <>
    <div className="kpis">
      {Array.from({ length: 5 }, (_, at) => (
        <div key={at} className="kpi">
          <Skeleton rows={1} hasDisc={false} />
        </div>
      ))}
    </div>
    <div className="charts">
      {['course', 'outcomes'].map((name) => (
        <div key={name} className="box">
          <Skeleton rows={7} hasDisc={false} />
        </div>
      ))}
    </div>
  </>
)

/** Visits in numbers, each of which opens what it counts. */
export function ReportsScreen() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { by = 'rep' } = search
  const { report, isOld, error, readAgain } = useReport(search)
  const rows = useTableRows(report, search)
  const hasVisits = report !== undefined && report.totals.visits > 0
  const onChange = (change: Partial<ReportsSearch>) => {
    const next = { ...search, ...change }
    const isDated = [next.from, next.to, next.last].some((date) => date !== undefined)
    void navigate({ search: { ...next, time: isDated ? undefined : 'all' }, resetScroll: false })
  }
  useKeys({ f: () => document.querySelector<HTMLElement>('.filter-bar button')?.focus() })
  return (
    <>
      <Bar title={texts.screens.reports}>
        <FilterBar search={search} onChange={onChange} />
        <span className="spread" />
        {report && <span className="faint span">{spanName(report.days)}</span>}
        {hasVisits && <ReportExport report={report} rows={rows} by={by} />}
        {hasVisits && (
          <RequestMenu
            help={reports.apiHelp}
            curl={reportCurl(report.filters, by)}
            sdk={reportProgram(report.filters, by)}
          />
        )}
      </Bar>
      <div className="reports" data-is-old={isOld}>
        {!report && !error && <Loading />}
        {error && !report && <Failed title={reports.failed} error={error} onRetry={readAgain} />}
        {report?.totals.visits === 0 && <None onClear={() => onChange(noFilters)} />}
        {hasVisits && (
          <>
            <Kpis report={report} last={unvisitedOf(search)} />
            <div className="charts">
              <CourseBox report={report} />
              <OutcomesBox report={report} />
            </div>
            <NotVerified report={report} rows={rows} />
            <RowsBox report={report} rows={rows} search={search} onChange={onChange} />
          </>
        )}
      </div>
    </>
  )
}
