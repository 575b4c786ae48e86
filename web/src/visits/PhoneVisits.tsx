import './phone-visits.css'
import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'
import { type CSSProperties, useMemo, useState } from 'react'

import { FilterBar } from '../filters/FilterBar.tsx'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useTitle } from '../parts/use-title.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName, type Names, repName } from './columns.tsx'
import { dayName } from './day-name.ts'
import { NewVisits } from './NewVisits.tsx'
import { NoVisits } from './NoVisits.tsx'
import { rowsOf } from './rows.ts'
import { VirtualRows } from './VirtualRows.tsx'
import { visitTime } from './visit-time.ts'
import { VisitFinding } from './VisitFinding.tsx'
import type { VisitsProps } from './visits-props.ts'

interface PhoneRowProps {
  readonly visit: Visit
  readonly names: Names
  readonly style: CSSProperties
}

function PhoneRow({ visit, names, style }: PhoneRowProps) {
  const outcome = names.outcome(visit.outcome_id)
  const at = visitTime(visit, names.zone)
  return (
    <div role="row" className="phone-row" style={style}>
      <span role="cell">
        <OutcomeDisc outcome={outcome} />
      </span>
      <span role="cell" className="words">
        <Link to="/visits/$id" params={{ id: String(visit.id) }} dir="auto" className="ellipsis">
          {customerName(visit)}
        </Link>
        <span className="muted ellipsis">
          {`${at} · `}
          <bdi>{outcome.name}</bdi>
          {' · '}
          <bdi>{repName(visit)}</bdi>
        </span>
      </span>
      <span role="cell" className="num">
        <VisitFinding visit={visit} />
      </span>
    </div>
  )
}

/** The list of visits on a phone: rows of two lines instead of columns. */
export function PhoneVisits({ search, onChange, list, names, onScrolled }: VisitsProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const { visits, hasMore, hasRestFailed } = list
  const { zone } = search
  const rows = useMemo(
    () => rowsOf({ visits, hasMore, hasRestFailed }, zone),
    [visits, hasMore, hasRestFailed, zone],
  )
  useTitle(texts.screens.visits)
  return (
    <div className="phone-visits">
      <header>
        <h1>{texts.screens.visits}</h1>
        {list.total !== undefined && <span className="faint num">{count(list.total)}</span>}
      </header>
      <FilterBar search={search} onChange={onChange} />
      <NewVisits list={list} />
      {list.isLoading && !list.error && <Skeleton rows={8} />}
      {list.visits.length > 0 && (
        <div
          ref={setScroller}
          className="list"
          role="table"
          aria-label={texts.visits.table}
          onScroll={(event) => onScrolled(event.currentTarget.scrollTop < 40)}
        >
          <VirtualRows
            rows={rows}
            scroller={scroller}
            dayPx={40}
            visitPx={66}
            current={undefined}
            onNearEnd={list.readMore}
            onRetry={list.readRest}
          >
            {(row, style) => {
              if (row.kind === 'visit') {
                return <PhoneRow visit={row.visit} names={names} style={style} />
              }
              if (row.kind === 'coming') {
                return <div className="phone-row coming" style={style} aria-hidden />
              }
              return (
                <div role="row" className="day" style={style}>
                  <span role="cell">{dayName(row.day, search.zone)}</span>
                  <span role="cell" className="num">
                    {row.count !== null && texts.visits.visits(row.count)}
                  </span>
                </div>
              )
            }}
          </VirtualRows>
        </div>
      )}
      <NoVisits list={list} search={search} onChange={onChange} />
    </div>
  )
}
