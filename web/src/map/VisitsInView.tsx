import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { classes } from '../parts/classes.ts'
import { Empty } from '../parts/Empty.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { OutcomeDisc } from '../parts/Outcome.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import type { MapSearch } from '../search.ts'
import { count } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { customerName, type Names, repName } from '../visits/columns.tsx'
import { dayName } from '../visits/day-name.ts'
import { NewVisits } from '../visits/NewVisits.tsx'
import { NoVisits } from '../visits/NoVisits.tsx'
import { rowsOf } from '../visits/rows.ts'
import type { VisitList } from '../visits/use-visit-list.ts'
import { VirtualRows } from '../visits/VirtualRows.tsx'
import { visitTime } from '../visits/visit-time.ts'
import { VisitFinding } from '../visits/VisitFinding.tsx'
import { useRowPx } from './row-px.ts'

const { map: words } = texts

interface RowProps {
  readonly visit: Visit
  readonly names: Names
  readonly search: MapSearch
  readonly isCurrent: boolean
  readonly style: CSSProperties
}

function VisitRow({ visit, names, search, isCurrent, style }: RowProps) {
  const outcome = names.outcome(visit.outcome_id)
  return (
    <div role="row" className={classes('map-row', isCurrent && 'current')} style={style}>
      <span role="cell">
        <OutcomeDisc outcome={outcome} />
      </span>
      <span role="cell" className="words">
        <Link
          to="/map"
          search={{ ...search, visit: visit.id }}
          replace={search.visit !== undefined}
          dir="auto"
          className="ellipsis"
        >
          {customerName(visit)}
        </Link>
        <span className="muted ellipsis">
          <bdi>{repName(visit)}</bdi>
          {' · '}
          <bdi>{outcome.name}</bdi>
        </span>
      </span>
      <span role="cell" className="end num">
        <time className="muted" dateTime={visit.visited_at}>
          {visitTime(visit, search.zone)}
        </time>
        <VisitFinding visit={visit} />
      </span>
    </div>
  )
}

interface VisitsInViewProps {
  readonly list: VisitList
  readonly search: MapSearch
  readonly names: Names
  readonly current: number | undefined
  /** Whether there are visits elsewhere on the map. */
  readonly hasOthers: boolean
  /** Changes when another part of the map is shown. */
  readonly place: string
  readonly onChange: (change: Partial<MapSearch>) => void
  readonly onScrolled: (isAtTop: boolean) => void
  readonly onShowAll: () => void
}

/** The visits that the map shows, the newest first. */
export function VisitsInView(props: VisitsInViewProps) {
  const { list, search, names, current, hasOthers, place, onChange, onScrolled, onShowAll } = props
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const dayPx = useIsPhone() ? 40 : 28
  const visitPx = useRowPx()
  const { visits, hasMore, hasRestFailed } = list
  const { zone } = search
  const rows = useMemo(
    () => rowsOf({ visits, hasMore, hasRestFailed }, zone),
    [visits, hasMore, hasRestFailed, zone],
  )
  const lastPlace = useRef(place)
  useEffect(() => {
    if (lastPlace.current === place || list.isOld) return
    lastPlace.current = place
    scroller?.scrollTo(0, 0)
  }, [place, list.isOld, scroller])
  if (list.isLoading && !list.error) return <Skeleton rows={16} rowPx={visitPx} />
  if (list.visits.length === 0) {
    if (!hasOthers || list.error) {
      return <NoVisits list={list} search={{ ...search, bbox: undefined }} onChange={onChange} />
    }
    return (
      <Empty title={words.emptyView.title} help={words.emptyView.help}>
        <Button onClick={onShowAll}>{words.emptyView.action}</Button>
      </Empty>
    )
  }
  return (
    <>
      <NewVisits list={list} />
      <div
        ref={setScroller}
        className="map-rows"
        role="table"
        aria-label={words.list}
        aria-rowcount={list.total ?? -1}
        onScroll={(event) => onScrolled(event.currentTarget.scrollTop < 40)}
      >
        <VirtualRows
          {...{ rows, scroller, dayPx, visitPx, current }}
          onNearEnd={list.readMore}
          onRetry={list.readRest}
        >
          {(row, style) => {
            if (row.kind === 'coming') {
              return <div className="map-row coming" style={style} aria-hidden />
            }
            if (row.kind === 'visit') {
              const isCurrent = row.index === current
              const { visit } = row
              return <VisitRow {...{ visit, names, search, isCurrent, style }} />
            }
            return (
              <div role="row" className="day" style={style}>
                <span role="cell">{dayName(row.day, search.zone)}</span>
                <span role="cell" className="num">
                  {row.count !== null && count(row.count)}
                </span>
              </div>
            )
          }}
        </VirtualRows>
      </div>
    </>
  )
}
