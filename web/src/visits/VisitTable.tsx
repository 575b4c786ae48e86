import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type CSSProperties, useState } from 'react'

import { Checkbox } from '../parts/Checkbox.tsx'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'
import type { ColumnName } from './column-names.ts'
import { columns, customerName, leastWidthOf, type Names, townOf, tracksOf } from './columns.tsx'
import { dayName } from './day-name.ts'
import type { Row } from './rows.ts'
import type { Selection } from './use-selection.ts'
import { VirtualRows } from './VirtualRows.tsx'
import type { VisitsSearch } from './visits-search.ts'

export interface VisitTableProps {
  readonly rows: readonly Row[]
  readonly total: number | undefined
  readonly search: VisitsSearch
  readonly shown: readonly ColumnName[]
  readonly names: Names
  readonly selection: Selection
  readonly current: number | undefined
  readonly onNearEnd: () => void
  readonly onRetry: () => void
  readonly onScrolled: (isAtTop: boolean) => void
}

function Head({ search, shown, selection }: VisitTableProps) {
  const isOldest = search.sort === 'oldest'
  const Arrow = isOldest ? ArrowUp : ArrowDown
  return (
    <div role="rowgroup" className="head">
      <div role="row" className="line" style={{ gridTemplateColumns: tracksOf(shown) }}>
        <span role="columnheader" className="check">
          <Checkbox
            name={texts.visits.selectAll}
            isChecked={selection.isAll}
            isMixed={selection.ids.size > 0 && !selection.isAll}
            onChecked={selection.toggleAll}
          />
        </span>
        {shown.map((name) => (
          <span
            key={name}
            role="columnheader"
            className={classes('cell', columns[name].isRight && 'right')}
            aria-sort={name === 'time' ? (isOldest ? 'ascending' : 'descending') : undefined}
          >
            {name === 'time' ? (
              <Link
                className="sorted"
                to="/visits"
                search={{ ...search, sort: isOldest ? undefined : 'oldest' }}
                title={isOldest ? texts.visits.newestFirst : texts.visits.oldestFirst}
              >
                {texts.visits.columns.time}
                <Arrow aria-hidden="true" />
              </Link>
            ) : (
              texts.visits.columns[name]
            )}
          </span>
        ))}
      </div>
    </div>
  )
}

interface LineProps extends Pick<VisitTableProps, 'search' | 'shown' | 'names' | 'selection'> {
  readonly visit: Visit
  readonly index: number
  readonly isCurrent: boolean
  readonly style: CSSProperties
}

function Line({ visit, index, search, shown, names, selection, isCurrent, style }: LineProps) {
  const isSelected = selection.ids.has(visit.id)
  const look = classes('line', isCurrent && 'current', isSelected && 'selected')
  return (
    <div
      role="row"
      className={look}
      style={{ ...style, gridTemplateColumns: tracksOf(shown) }}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
    >
      <span role="cell" className="check">
        <Checkbox
          name={texts.visits.select(customerName(visit))}
          isChecked={isSelected}
          onChecked={() => selection.toggle(visit.id)}
        />
      </span>
      {shown.map((name) => (
        <span key={name} role="cell" className={classes('cell', columns[name].isRight && 'right')}>
          {name === 'customer' ? (
            <Link className="customer" to="/visits" search={{ ...search, visit: visit.id }}>
              <b dir="auto" className="ellipsis">
                {customerName(visit)}
              </b>
              <span dir="auto" className="ellipsis">
                {townOf(visit.resource_address)}
              </span>
            </Link>
          ) : (
            columns[name].cell(visit, names)
          )}
        </span>
      ))}
    </div>
  )
}

interface DayProps {
  readonly name: string
  readonly count: number | null
  readonly style: CSSProperties
}

const Day = ({ name, count, style }: DayProps) => (
  <div role="row" className="day" style={style}>
    <span role="cell">{name}</span>
    <span role="cell">{count !== null && texts.visits.visits(count)}</span>
  </div>
)

/** All visits as a table; only what is in view is drawn. */
export function VisitTable(props: VisitTableProps) {
  const { rows, total, onNearEnd, onRetry, onScrolled, current } = props
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  return (
    <div
      ref={setScroller}
      className="visit-table num"
      role="table"
      aria-label={texts.visits.table}
      aria-rowcount={total === undefined ? -1 : total + 1}
      onScroll={(event) => onScrolled(event.currentTarget.scrollTop < 40)}
    >
      <div role="presentation" style={{ minWidth: leastWidthOf(props.shown) }}>
        <Head {...props} />
        <VirtualRows
          rows={rows}
          scroller={scroller}
          dayPx={28}
          visitPx={36}
          current={current}
          onNearEnd={onNearEnd}
          onRetry={onRetry}
        >
          {(row, style) => {
            if (row.kind === 'day')
              return (
                <Day name={dayName(row.day, props.search.zone)} count={row.count} style={style} />
              )
            if (row.kind === 'coming')
              return <div className="line coming" style={style} aria-hidden />
            const { visit, index } = row
            return (
              <Line
                {...props}
                visit={visit}
                index={index}
                isCurrent={index === current}
                style={style}
              />
            )
          }}
        </VirtualRows>
      </div>
    </div>
  )
}
