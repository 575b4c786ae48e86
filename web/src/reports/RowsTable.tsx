import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'

import { DayStrip } from '../charts/DayStrip.tsx'
import { ShareBar } from '../charts/ShareBar.tsx'
import { Avatar } from '../parts/Avatar.tsx'
import { Button } from '../parts/Button.tsx'
import { rate } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { CountLink } from './CountLink.tsx'
import { wholePercentOr } from './numbers.ts'
import type { Unit } from './periods.ts'
import type { RowKind, SortColumn } from './reports-search.ts'
import type { TableRow } from './table-rows.ts'

const { columns, cellsSummary, noCells, paceHelp, more } = texts.reports

interface RowsTableProps {
  readonly name: string
  readonly rows: readonly TableRow[]
  readonly by: RowKind
  /** Of the strips. */
  readonly unit: Unit
  readonly sorted: { readonly column: SortColumn; readonly isDown: boolean }
  readonly onSort: (column: SortColumn) => void
}

const rowsAtFirst = 100

/** Below it, a verified rate is drawn as something to look at. */
const lowRate = 0.85

interface HeadProps extends Pick<RowsTableProps, 'sorted' | 'onSort'> {
  readonly column: SortColumn
  readonly title?: string | undefined
  readonly children: string
}

function Head({ column, title, sorted, onSort, children }: HeadProps) {
  const isSorted = sorted.column === column
  const Arrow = sorted.isDown ? ArrowDown : ArrowUp
  const order = sorted.isDown ? 'descending' : 'ascending'
  return (
    <th
      scope="col"
      className={column === 'name' ? undefined : 'number'}
      aria-sort={isSorted ? order : undefined}
    >
      <button type="button" title={title} onClick={() => onSort(column)}>
        {children}
        {isSorted && <Arrow aria-hidden="true" />}
      </button>
    </th>
  )
}

function summaryOf({ cells = [] }: TableRow): string {
  const busy = cells.filter(({ value }) => value > 0)
  const [most] = busy.toSorted((a, b) => b.value - a.value)
  return most ? cellsSummary(busy.length, cells.length, most.value, most.title) : noCells
}

interface RowProps extends Pick<RowsTableProps, 'by'> {
  readonly row: TableRow
  readonly most: number
  readonly hasCells: boolean
}

function Row({ row, by, most, hasCells }: RowProps) {
  const { numbers, listOf, person } = row
  const verified = numbers.verified_rate
  return (
    <tr>
      <th scope="row">
        <span className="who">
          {person !== undefined && <Avatar id={person.id} name={person.name} />}
          <span dir="auto" className="ellipsis" title={row.name}>
            {row.name}
          </span>
        </span>
      </th>
      {hasCells && (
        <td className="cells">
          {row.cells && <DayStrip cells={row.cells} most={most} summary={summaryOf(row)} />}
        </td>
      )}
      <td className="number strong">
        <CountLink value={numbers.visits} search={listOf({})} />
      </td>
      {hasCells && <td className="number">{row.pace === null ? '' : rate(row.pace)}</td>}
      <td className="number">
        <CountLink value={numbers.verified} search={listOf({ status: ['verified'] })}>
          {wholePercentOr(verified)}
        </CountLink>
        {verified !== null && (
          <ShareBar
            share={verified}
            kind={verified < lowRate ? 'resource_location_too_far' : 'verified'}
          />
        )}
      </td>
      <td className="number">
        <CountLink value={numbers.unknown} search={listOf({ status: ['location_unknown'] })} />
      </td>
      <td className="number">
        <CountLink
          value={numbers.too_far}
          search={listOf({ status: ['resource_location_too_far'] })}
        />
      </td>
      <td className="number">
        <CountLink
          value={numbers.off}
          search={listOf({ status: ['location_services_disabled'] })}
        />
      </td>
      <td className="number">
        <CountLink value={numbers.customers} search={listOf({})} isMap />
      </td>
      {by !== 'week' && (
        <td className="number">
          {wholePercentOr(numbers.coverage)}
          {numbers.coverage !== null && <ShareBar share={numbers.coverage} kind="neutral" />}
        </td>
      )}
    </tr>
  )
}

/** People, teams or weeks with their numbers, each of which opens what it counts. */
export function RowsTable({ name, rows, by, unit, sorted, onSort }: RowsTableProps) {
  const [isWhole, setIsWhole] = useState(false)
  const hasCells = rows.some(({ cells }) => cells !== undefined)
  const most = Math.max(0, ...rows.flatMap(({ cells = [] }) => cells.map(({ value }) => value)))
  const shown = isWhole ? rows : rows.slice(0, rowsAtFirst)
  const sorting = { sorted, onSort }
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scrolled" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead>
            <tr>
              <Head column="name" {...sorting}>
                {columns.name[by]}
              </Head>
              {hasCells && (
                <th scope="col" className="cells">
                  {columns.cells[unit]}
                </th>
              )}
              <Head column="visits" {...sorting}>
                {columns.visits}
              </Head>
              {hasCells && (
                <Head column="pace" title={paceHelp[unit]} {...sorting}>
                  {columns.pace[unit]}
                </Head>
              )}
              {(['verified', 'unknown', 'too_far', 'off', 'customers'] as const).map((column) => (
                <Head key={column} column={column} {...sorting}>
                  {columns[column]}
                </Head>
              ))}
              {by !== 'week' && (
                <Head column="coverage" {...sorting}>
                  {columns.coverage}
                </Head>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.key} row={row} by={by} most={most} hasCells={hasCells} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <Button kind="ghost" onClick={() => setIsWhole(true)}>
          {more(rows.length)}
        </Button>
      )}
    </>
  )
}
