import { useState } from 'react'

import { Bars } from '../charts/Bars.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import { barsOf, daysOfPeriod, statusSeries } from './course.ts'
import { percentOr } from './numbers.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

interface CourseBoxProps {
  readonly report: Report
}

const Key = () => (
  <small className="chart-key">
    {statusSeries.map(({ kind, name }) => (
      <span key={kind}>
        <i className={kind} aria-hidden="true" />
        {name}
      </span>
    ))}
  </small>
)

function CourseTable({ report: { periods, byPeriod, listOf, unit } }: CourseBoxProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scrolled tall" tabIndex={0} role="region" aria-label={reports.perUnit[unit]}>
      <table>
        <thead>
          <tr>
            <th scope="col">{reports.units[unit]}</th>
            <th scope="col" className="number">
              {reports.visits}
            </th>
            {statusSeries.map(({ kind, name }) => (
              <th key={kind} scope="col" className="number">
                {name}
              </th>
            ))}
            <th scope="col" className="number">
              {reports.verifiedRate}
            </th>
          </tr>
        </thead>
        <tbody>
          {periods.map((period) => {
            const row = byPeriod.get(period.key)
            const days = daysOfPeriod(period)
            return (
              <tr key={period.key}>
                <th scope="row">{period.title}</th>
                <td className="number">
                  <CountLink value={row?.visits ?? 0} search={listOf({}, days)} />
                </td>
                {statusSeries.map(({ kind, status }) => (
                  <td key={kind} className="number">
                    <CountLink
                      value={row?.[kind] ?? 0}
                      search={listOf({ status: [status] }, days)}
                    />
                  </td>
                ))}
                <td className="number">
                  <CountLink
                    value={row?.verified ?? 0}
                    search={listOf({ status: ['verified'] }, days)}
                  >
                    {percentOr(row?.verified_rate ?? null)}
                  </CountLink>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Visits a day, week or month, by finding: drawn, or as a table of the same numbers. */
export function CourseBox({ report }: CourseBoxProps) {
  const [shown, setShown] = useState<'chart' | 'table'>('chart')
  const name = reports.perUnit[report.unit]
  return (
    <section className="box course" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <span className="spread" />
        {shown === 'chart' && <Key />}
        <Segmented
          name={reports.shownAs}
          value={shown}
          onValue={setShown}
          choices={[
            { value: 'chart', name: reports.chart },
            { value: 'table', name: reports.table },
          ]}
        />
      </header>
      {shown === 'chart' ? (
        <Bars name={name} series={statusSeries} bars={barsOf(report)} />
      ) : (
        <CourseTable report={report} />
      )}
    </section>
  )
}
