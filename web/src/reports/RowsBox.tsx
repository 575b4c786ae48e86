import '../parts/segmented.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'

import { usersQuery } from '../api/users.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { texts } from '../texts/texts.ts'
import { type ReportsSearch, rowKinds, type SortColumn, sortColumns } from './reports-search.ts'
import { RowsTable } from './RowsTable.tsx'
import { sortedRows, type TableRow, tableRows } from './table-rows.ts'
import type { Report } from './use-report.ts'

const { reports } = texts

/** How the table is sorted: people by their visits, weeks from the newest. */
export function sortedBy({ by, sort }: ReportsSearch) {
  const given = sort ?? (by === 'week' ? '-name' : '-visits')
  const isDown = given.startsWith('-')
  const column = sortColumns.find((each) => each === given.replace('-', '')) ?? 'visits'
  return { column, isDown }
}

export function useTableRows(
  report: Report | undefined,
  search: ReportsSearch,
): readonly TableRow[] | undefined {
  const { data: users } = useQuery(usersQuery)
  const { by = 'rep', sort } = search
  return useMemo(() => {
    const rows = report && tableRows(report, by, users ?? [])
    const { column, isDown } = sortedBy({ by, sort })
    return rows && sortedRows(rows, by, column, isDown)
  }, [report, users, by, sort])
}

interface RowsBoxProps {
  readonly report: Report
  readonly rows: readonly TableRow[] | undefined
  readonly search: ReportsSearch
  readonly onChange: (change: Partial<ReportsSearch>) => void
}

const names = { rep: reports.people, team: reports.teams, week: reports.weeks } as const

export function RowsBox({ report, rows, search, onChange }: RowsBoxProps) {
  const { by = 'rep' } = search
  const sorted = sortedBy(search)
  const sort = (column: SortColumn) => {
    const isDown = sorted.column === column ? !sorted.isDown : column !== 'name'
    onChange({ sort: isDown ? `-${column}` : column })
  }
  return (
    <section className="box rows" aria-label={names[by]}>
      <header>
        <h2>{names[by]}</h2>
        <small>{reports.opens}</small>
        <span className="spread" />
        <small className="unprinted stronger">{reports.stronger}</small>
        <nav className="segmented unprinted" aria-label={reports.rowsOf}>
          {rowKinds.map((kind) => (
            <Link
              key={kind}
              to="/reports"
              search={{ ...search, by: kind === 'rep' ? undefined : kind, sort: undefined }}
              resetScroll={false}
              {...(kind === by && { 'data-pressed': '', 'aria-current': 'page' as const })}
            >
              {reports.rowKinds[kind]}
            </Link>
          ))}
        </nav>
      </header>
      {rows ? (
        <RowsTable
          name={names[by]}
          rows={rows}
          by={by}
          unit={by === 'week' ? 'day' : report.unit}
          sorted={sorted}
          onSort={sort}
        />
      ) : (
        <Skeleton rows={4} />
      )}
    </section>
  )
}
