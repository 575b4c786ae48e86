import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { classes } from '../parts/classes.ts'
import { count, percent } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import { Explain } from './Explain.tsx'
import {
  addressReasons,
  notSeen,
  otherReasons,
  percentOr,
  phoneReasons,
  pointsBetween,
  shareOf,
  signed,
  unknownBy,
} from './numbers.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

interface KpiProps {
  readonly name: string
  readonly help?: string | undefined
  readonly figure: ReactNode
  readonly children: ReactNode
}

const Kpi = ({ name, help, figure, children }: KpiProps) => (
  <div className="kpi">
    <dt>
      {name}
      {help !== undefined && <Explain name={name} text={help} />}
    </dt>
    <dd>
      <span className="figure">{figure}</span>
      <span className="aside">{children}</span>
    </dd>
  </div>
)

interface ChangeProps {
  readonly by: number
  readonly children: string
}

/** A change, in the colour of what it means. */
const Change = ({ by, children }: ChangeProps) => (
  <span className={classes('change num', by > 0 && 'up', by < 0 && 'down')}>{children}</span>
)

interface OfReport {
  readonly report: Report
}

function Visits({ report: { totals, totalsBefore: past, listOf, before } }: OfReport) {
  return (
    <Kpi name={reports.visits} figure={<CountLink value={totals.visits} search={listOf({})} />}>
      {past && past.visits > 0 && before && (
        <>
          <Change by={totals.visits - past.visits}>
            {`${signed(shareOf(totals.visits - past.visits, past.visits) * 100)}%`}
          </Change>{' '}
          <CountLink isInText value={past.visits} search={listOf({}, before)}>
            {reports.from(count(past.visits))}
          </CountLink>
        </>
      )}
      {past?.visits === 0 && reports.noneBefore}
    </Kpi>
  )
}

function Verified({ report: { totals, totalsBefore: past, listOf } }: OfReport) {
  const { verified_rate: rate } = totals
  const rateBefore = past?.verified_rate ?? null
  const judged = totals.verified + totals.too_far
  return (
    <Kpi
      name={reports.verified}
      help={reports.rateHelp}
      figure={
        <CountLink value={totals.verified} search={listOf({ status: ['verified'] })}>
          {percentOr(rate)}
        </CountLink>
      }
    >
      {rate !== null && rateBefore !== null && (
        <>
          <Change by={rate - rateBefore}>{pointsBetween(rate, rateBefore)}</Change>{' '}
        </>
      )}
      {judged === 0 ? (
        reports.noneJudged
      ) : (
        <CountLink
          isInText
          value={judged}
          search={listOf({ status: ['verified', 'resource_location_too_far'] })}
        >
          {reports.judged(count(judged))}
        </CountLink>
      )}
    </Kpi>
  )
}

function Unknown({ report: { totals, listOf } }: OfReport) {
  const by = (reasons: typeof phoneReasons | typeof addressReasons) => ({
    value: unknownBy(totals, reasons),
    search: listOf({ status: ['location_unknown'], reason: reasons }),
  })
  const [phones, addresses] = [by(phoneReasons), by(addressReasons)]
  const others = totals.unknown - phones.value - addresses.value
  const other = otherReasons(totals)
  return (
    <Kpi
      name={reports.unknown}
      help={reports.unknownHelp}
      figure={
        <CountLink value={totals.unknown} search={listOf({ status: ['location_unknown'] })}>
          {percent(shareOf(totals.unknown, totals.visits))}
        </CountLink>
      }
    >
      {phones.value + addresses.value === 0 ? (
        <CountLink
          isInText
          value={totals.unknown}
          search={listOf({ status: ['location_unknown'] })}
        >
          {texts.visits.visits(totals.unknown)}
        </CountLink>
      ) : (
        <>
          <CountLink isInText {...phones}>
            {reports.byPhones(phones.value)}
          </CountLink>
          {', '}
          <CountLink isInText {...addresses}>
            {reports.byAddresses(addresses.value)}
          </CountLink>
          {others > 0 && (
            <>
              {', '}
              <CountLink
                isInText
                value={others}
                search={other && listOf({ status: ['location_unknown'], ...other })}
              >
                {reports.byOthers(others)}
              </CountLink>
            </>
          )}
        </>
      )}
    </Kpi>
  )
}

function Customers({ report: { totals, totalsBefore: past, listOf, before } }: OfReport) {
  return (
    <Kpi
      name={reports.customers}
      figure={<CountLink value={totals.customers} search={listOf({})} isMap />}
    >
      {past && past.customers > 0 && (
        <>
          <Change by={totals.customers - past.customers}>
            {signed(totals.customers - past.customers)}
          </Change>{' '}
          <CountLink isInText isMap value={past.customers} search={before && listOf({}, before)}>
            {reports.from(count(past.customers))}
          </CountLink>
        </>
      )}
      {past?.customers === 0 && reports.noneBefore}
    </Kpi>
  )
}

interface CoverageProps extends OfReport {
  /** Days up to now of the report, if it is of all visits in them. */
  readonly last: number | undefined
}

function Coverage({ report: { totals, totalsBefore: past, listOf }, last }: CoverageProps) {
  const { coverage, assigned } = totals
  const before = past?.coverage ?? null
  const missed = notSeen(totals)
  const text =
    missed === 0 ? reports.allSeen(assigned ?? 0) : reports.notSeen(missed, assigned ?? 0)
  const { rep, below, type, zone } = listOf({})
  const door = (content: string, className: string) =>
    last === undefined || missed === 0 ? (
      content
    ) : (
      <Link
        className={className}
        to="/map"
        search={{ layer: 'customers', unvisited: last, zone, rep, below, type }}
        aria-label={reports.onMap(text)}
      >
        {content}
      </Link>
    )
  return (
    <Kpi
      name={reports.coverage}
      help={reports.coverageHelp}
      figure={door(percentOr(coverage), 'num door')}
    >
      {coverage !== null && before !== null && (
        <>
          <Change by={coverage - before}>{pointsBetween(coverage, before)}</Change>
          {' · '}
        </>
      )}
      {assigned ? door(text, 'num door in-text') : reports.noneAssigned}
    </Kpi>
  )
}

/** The report in five numbers, compared with the time before. */
export const Kpis = ({ report, last }: CoverageProps) => (
  <dl className="kpis">
    <Visits report={report} />
    <Verified report={report} />
    <Unknown report={report} />
    <Customers report={report} />
    <Coverage report={report} last={last} />
  </dl>
)
