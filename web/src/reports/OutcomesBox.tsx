import { useOutcome } from '../api/visit-outcomes.ts'
import type { ReportRow } from '../api/visit-reports.ts'
import { Line } from '../charts/Line.tsx'
import { Shares } from '../charts/Shares.tsx'
import { Outcome } from '../parts/Outcome.tsx'
import { wholePercent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import { rateOf } from './course.ts'
import { Explain } from './Explain.tsx'
import { shareOf, signed } from './numbers.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

interface OutcomesBoxProps {
  readonly report: Report
}

const outcomeId = ({ keys: { outcome } }: ReportRow): number | null =>
  outcome === null || outcome === undefined ? null : Number(outcome)

function Outcomes({ report }: OutcomesBoxProps) {
  const { outcomes, outcomesBefore, totals, totalsBefore, listOf } = report
  const outcome = useOutcome()
  const pastOf = (id: number | null) =>
    outcomesBefore?.find((row) => outcomeId(row) === id)?.visits ?? 0
  const isCompared = totalsBefore !== undefined && totalsBefore.visits > 0
  const shares = outcomes
    .toSorted((a, b) => b.visits - a.visits)
    .map((row) => {
      const id = outcomeId(row)
      const look = outcome(id)
      const share = shareOf(row.visits, totals.visits)
      const points = Math.round((share - shareOf(pastOf(id), totalsBefore?.visits ?? 0)) * 100)
      return {
        key: String(id),
        name: <Outcome outcome={look} />,
        color: look.color,
        isHollow: look.isNone,
        value: row.visits,
        number: (
          <CountLink
            value={row.visits}
            search={listOf(id === null ? { without: 'outcome' } : { outcome: [id] })}
            name={`${wholePercent(share)}, ${texts.visits.visits(row.visits)}`}
          >
            {wholePercent(share)}
          </CountLink>
        ),
        aside: isCompared ? signed(points) : undefined,
      }
    })
  return (
    <>
      <header>
        <h2>{reports.outcomes}</h2>
        <span className="spread" />
        <small>{isCompared ? reports.shareAndChange : reports.share}</small>
      </header>
      <Shares name={reports.outcomes} shares={shares} />
    </>
  )
}

/** What came of the visits, and how the verified rate went. */
export function OutcomesBox({ report }: OutcomesBoxProps) {
  const points = rateOf(report)
  const known = points.filter(({ value }) => value !== null)
  const name = reports.rateBy[report.unit]
  return (
    <section className="box outcomes">
      <Outcomes report={report} />
      {known.length > 1 && (
        <div className="rate">
          <header>
            <h2>{name}</h2>
            {report.unit === 'day' && <Explain name={name} text={reports.rateDaysHelp} />}
            <span className="spread" />
            <small>{reports.percentUnit}</small>
          </header>
          <Line points={points} summary={known.map(({ title }) => title).join('; ')} />
        </div>
      )}
    </section>
  )
}
